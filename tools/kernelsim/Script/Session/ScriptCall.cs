using System.Net;
using KernelSim.Protocol;

namespace KernelSim.Tool.Script;

/// <summary>One line of a lab script, parsed and validated.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Op">The call to make.</param>
/// <param name="Id">The line's own id as JSON text; null if it has none.</param>
/// <param name="Values">The given fields by name.</param>
internal sealed record ScriptCall(int Line, ScriptOp Op, string? Id, IReadOnlyDictionary<string, object?> Values)
{
    /// <summary>The name for the returned descriptor; null if none was given.</summary>
    public string? As => Values.GetValueOrDefault("as") as string;

    /// <summary>True when the line has the field.</summary>
    public bool Has(string field) => Values.ContainsKey(field);

    /// <summary>A descriptor.</summary>
    public int Descriptor(string field = "fd") => (int)Values[field]!;

    /// <summary>Bytes; null for a NULL pointer and for an omitted field.</summary>
    public byte[]? Bytes(string field) => Values.GetValueOrDefault(field) as byte[];

    /// <summary>A number of 32 bits, or the default if omitted.</summary>
    public uint UInt32(string field, uint defaultValue = 0) => Values.TryGetValue(field, out object? value) ? (uint)value! : defaultValue;

    /// <summary>A number of 64 bits, 0 if omitted.</summary>
    public ulong UInt64(string field) => Values.TryGetValue(field, out object? value) ? (ulong)value! : 0;

    /// <summary>Text; null for a NULL pointer.</summary>
    public string? Text(string field) => Values[field] as string;

    /// <summary>One of the words that the field allows; null if omitted.</summary>
    public string? Word(string field) => Values.GetValueOrDefault(field) as string;

    /// <summary>An IP address; null if omitted.</summary>
    public IPAddress? Address(string field) => Values.GetValueOrDefault(field) as IPAddress;

    /// <summary>A map type.</summary>
    public BpfMapType MapType(string field) => (BpfMapType)Values[field]!;

    /// <summary>True for a batch that continues where the last one on the descriptor ended.</summary>
    public bool ContinuesFromCursor => Values.GetValueOrDefault("cursor") is true;
}
