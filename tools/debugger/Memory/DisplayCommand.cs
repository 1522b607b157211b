using System.Globalization;
using System.Text;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Memory;

/// <summary><c>db</c>, <c>dw</c>, <c>dd</c>, <c>dq</c>: memory as numbers of one size, 16 bytes a row.</summary>
/// <param name="memory">The machine's memory.</param>
/// <param name="letter">The last letter of the command.</param>
/// <param name="unit">Bytes of a number.</param>
/// <param name="what">What they are called.</param>
internal sealed class DisplayCommand(IMemoryAccess memory, char letter, int unit, string what) : IDebuggerCommand
{
    private const int RowBytes = 16;

    public string Name => $"d{letter}";

    public string Arguments => MemoryRequest.Arguments;

    public string Summary => $"Shows kernel or user memory as {what}.";

    public IReadOnlyList<string> Details =>
        ["N counts units, in decimal or in hex after 0x. The process must be named if several have memory there."];

    public void Run(CommandCall call)
    {
        MemoryRequest request = MemoryRequest.Parse(call.Arguments);
        byte[] bytes = request.Read(call, memory, unit);
        ResultTable table = call.Result.Table(
            new("address", ColumnKind.Pointer),
            unit == 1 ? new("bytes", ColumnKind.Bytes) : new("values", ColumnKind.Texts),
            new("text", ColumnKind.Text));
        for (int at = 0; at < bytes.Length; at += RowBytes)
        {
            byte[] row = bytes[at..Math.Min(at + RowBytes, bytes.Length)];
            table.Add(request.Address + (ulong)at, unit == 1 ? row : Numbers(row).ToArray(), unit == 1 ? Printable(row) : null);
        }
    }

    /// <summary>Bytes as ASCII, a dot for what is none.</summary>
    internal static string Printable(byte[] bytes) => string.Concat(Encoding.ASCII.GetString(bytes).Select(c => c is >= ' ' and <= '~' ? c : '.'));

    private IEnumerable<string> Numbers(byte[] row)
    {
        for (int at = 0; at < row.Length; at += unit)
        {
            Span<byte> wide = stackalloc byte[sizeof(ulong)];
            wide.Clear();
            row.AsSpan(at, unit).CopyTo(wide);
            yield return BitConverter.ToUInt64(wide).ToString($"x{unit * 2}", CultureInfo.InvariantCulture);
        }
    }
}
