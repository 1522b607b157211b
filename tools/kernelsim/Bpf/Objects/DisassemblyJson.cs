using System.Text.Json;
using KernelSim.Bytecode;
using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>Programs and their instructions as one JSON document: an array of programs.</summary>
internal static class DisassemblyJson
{
    /// <summary>Writes programs.</summary>
    public static void Write(Utf8JsonWriter json, BpfObjectFile file, IEnumerable<ObjectProgram> programs)
    {
        json.WriteStartArray();
        foreach (ObjectProgram program in programs)
        {
            LinkedText text = new(file, program);
            json.WriteStartObject();
            json.WriteString("name", program.Name);
            json.WriteString("section", program.Section);
            json.WriteString("type", ObjectWords.ProgramType(program));
            SectionsJson.Array(json, "functions", program.Functions, function =>
            {
                json.WriteString("name", function.Function.Name);
                json.WriteNumber("first", function.FirstInstruction);
                json.WriteNumber("instructions", function.Function.InstructionCount);
            });
            SectionsJson.Array(json, "instructions", Starts(program), at => Instruction(json, program, text, at));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<int> Starts(ObjectProgram program)
    {
        for (int at = 0; at < program.Instructions.Length; at += program.Instructions[at].IsWide ? 2 : 1)
        {
            yield return at;
        }
    }

    private static void Instruction(Utf8JsonWriter json, ObjectProgram program, LinkedText text, int at)
    {
        Span<byte> bytes = stackalloc byte[2 * BpfInstruction.Size];
        int length = 0;
        for (int slot = at; slot <= at + (program.Instructions[at].IsWide ? 1 : 0); slot++, length += BpfInstruction.Size)
        {
            program.Instructions[slot].Write(bytes[length..]);
        }

        json.WriteNumber("index", at);
        json.WriteString("bytes", Convert.ToHexStringLower(bytes[..length]));
        json.WriteString("text", text.Of(at));
        if (program.LineOf(at) is { Line: > 0 } line)
        {
            json.WriteString("file", line.File);
            json.WriteNumber("line", line.Line);
            json.WriteNumber("column", line.Column);
            json.WriteString("source", line.Text.Trim());
        }
    }
}
