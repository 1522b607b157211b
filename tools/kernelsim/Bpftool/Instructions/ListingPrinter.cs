using System.Globalization;
using System.Runtime.InteropServices;
using KernelSim.Bytecode;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Instructions;

/// <summary>
/// A program's instructions in order, with the functions and source lines that start at them: <c>dump_xlated_plain</c>, <c>dump_xlated_json</c>.
/// </summary>
/// <param name="listing">The program.</param>
/// <param name="opcodes">Whether to print the instructions' bytes too.</param>
/// <param name="lineNumbers">Whether to print the place of each source line too.</param>
internal sealed class ListingPrinter(ProgramListing listing, bool opcodes, bool lineNumbers)
{
    private readonly InstructionText _text = new(listing, namesFunctions: true);

    /// <summary>Prints text.</summary>
    public void Write(TextWriter output)
    {
        for (int at = 0; at < listing.Code.Length; at += SlotsAt(at))
        {
            if (listing.FunctionAt(at)?.Prototype is { } prototype)
            {
                output.Write($"{prototype}:\n");
            }

            if (listing.LineAt(at) is { } line)
            {
                output.Write($"; {line.Text.TrimStart()}{(lineNumbers ? PlaceOf(line) : "")}\n");
            }

            output.Write(string.Create(CultureInfo.InvariantCulture, $"{at,4}: {_text.Of(at)}\n"));
            if (opcodes)
            {
                IEnumerable<string> bytes = BytesAt(at).ToArray().Select(b => b.ToString("x2", CultureInfo.InvariantCulture));
                output.Write($"       {string.Join(' ', bytes)}\n");
            }
        }
    }

    /// <summary>Prints a JSON array.</summary>
    public void Write(BpftoolJson json)
    {
        json.BeginArray();
        for (int at = 0; at < listing.Code.Length; at += SlotsAt(at))
        {
            json.BeginObject();
            if (listing.FunctionAt(at)?.Prototype is { } prototype)
            {
                json.Text("proto", prototype);
            }

            if (listing.LineAt(at) is { } line)
            {
                Write(json, line);
            }

            json.Text("disasm", _text.Of(at));
            if (opcodes)
            {
                WriteOpcodes(json, at);
            }

            json.EndObject();
        }

        json.EndArray();
    }

    private void Write(BpftoolJson json, ProgramSourceLine line)
    {
        json.Text("src", line.Text.TrimStart());
        if (!lineNumbers)
        {
            return;
        }

        json.Text("file", line.File);
        json.Number("line_num", line.Line);
        if (line.Column > 0)
        {
            json.Number("line_col", line.Column);
        }
    }

    private void WriteOpcodes(BpftoolJson json, int at)
    {
        BpfInstruction instruction = listing.Code[at];
        ReadOnlySpan<byte> bytes = BytesAt(at);
        json.Name("opcodes");
        json.BeginObject();
        json.Text("code", $"0x{instruction.Opcode:x2}");
        json.Text("src_reg", $"0x{instruction.Source:x}");
        json.Text("dst_reg", $"0x{instruction.Destination:x}");
        json.Name("off");
        HexText.Write(json, bytes[2..4]);
        json.Name("imm");
        HexText.Write(json, bytes[4..]);
        json.EndObject();
    }

    private static string PlaceOf(ProgramSourceLine line) =>
        string.Create(CultureInfo.InvariantCulture, $" [file:{line.File} line_num:{line.Line} line_col:{line.Column}]");

    private int SlotsAt(int at) => listing.Code[at].IsWide ? 2 : 1;

    private ReadOnlySpan<byte> BytesAt(int at) => MemoryMarshal.AsBytes(listing.Code.AsSpan(at, SlotsAt(at)));
}
