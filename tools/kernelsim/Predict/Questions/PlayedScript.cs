using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Predict.Questions;

/// <summary>The lines of a script that has run, as results.</summary>
/// <param name="Results">The result of each line.</param>
/// <param name="Request">The request of the last line, from the trace; null without a recording, and where the line made none.</param>
/// <param name="WentPastTheEnd">Whether the last line succeeded although the library went past the end of a buffer.</param>
internal sealed record PlayedScript(IReadOnlyList<JsonElement> Results, RequestView? Request, bool WentPastTheEnd)
{
    /// <summary>The result of the last line.</summary>
    public JsonElement Last => Results[^1];

    /// <summary>Whether the last line ended the process.</summary>
    public bool Crashed => Last.TryGetProperty("fault", out _);

    /// <summary>The errno of the last line by name, or 0.</summary>
    public string Returned => Last.TryGetProperty("errno", out JsonElement errno) ? errno.GetString()! : "0";

    /// <summary>The check that refused the last line, by its id; empty if none did.</summary>
    public string Check => Last.TryGetProperty("check", out JsonElement check) ? check.GetString()! : "";

    /// <summary>A field of the last result as a number.</summary>
    public long Number(string field) => Last.GetProperty(field).GetInt64();

    /// <summary>A field of the last result as text.</summary>
    public string Text(string field) => Last.GetProperty(field).GetString()!;

    /// <summary>A field of bytes of the last result; empty if it has none.</summary>
    public byte[] Bytes(string field) => Last.TryGetProperty(field, out JsonElement value) ? Convert.FromHexString(value.GetString()!) : [];

    /// <summary>Bytes of a field of the last result as a little-endian number, in decimal.</summary>
    /// <param name="field">The field.</param>
    /// <param name="offset">Offset of the first byte.</param>
    /// <param name="bytes">Number of bytes, at most 8.</param>
    public string LittleEndian(string field, int offset, int bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        number.Clear();
        Bytes(field).AsSpan(offset, bytes).CopyTo(number);
        return BinaryPrimitives.ReadUInt64LittleEndian(number).ToString(CultureInfo.InvariantCulture);
    }
}
