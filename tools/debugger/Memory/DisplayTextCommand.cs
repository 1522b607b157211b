using System.Text;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Memory;

/// <summary><c>da</c>, <c>du</c>: memory as text, up to a zero.</summary>
/// <param name="memory">The machine's memory.</param>
/// <param name="letter">The last letter of the command.</param>
/// <param name="encoding">How the text is encoded.</param>
/// <param name="unit">Bytes of a character.</param>
internal sealed class DisplayTextCommand(IMemoryAccess memory, char letter, Encoding encoding, int unit) : IDebuggerCommand
{
    public string Name => $"d{letter}";

    public string Arguments => MemoryRequest.Arguments;

    public string Summary => $"Shows kernel or user memory as {(unit == 1 ? "ASCII" : "UTF-16")} text, up to a zero.";

    public void Run(CommandCall call)
    {
        MemoryRequest request = MemoryRequest.Parse(call.Arguments);
        string text = encoding.GetString(request.Read(call, memory, unit)).Split('\0')[0];
        call.Result.Table(new("address", ColumnKind.Pointer), new("text", ColumnKind.Text)).Add(request.Address, text);
    }
}
