using System.Net;
using KernelSim.Protocol;

namespace KernelSim.Tool.Script;

/// <summary>One line of a lab script, read and checked: what is asked for, in types.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Op">The call.</param>
/// <param name="Id">The line's own id as JSON text; null when it has none.</param>
/// <param name="Values">The given fields by name.</param>
internal sealed record ScriptCall(int Line, ScriptOp Op, string? Id, IReadOnlyDictionary<string, object?> Values)
{
    /// <summary>The name for the returned descriptor; null when none was given.</summary>
    public string? As => Values.GetValueOrDefault("as") as string;

    /// <summary>True when the line has the field.</summary>
    public bool Has(string field) => Values.ContainsKey(field);

    /// <summary>A descriptor.</summary>
    public int Descriptor(string field = "fd") => (int)Values[field]!;

    /// <summary>Bytes; null for a NULL pointer and for a field that was left out.</summary>
    public byte[]? Bytes(string field) => Values.GetValueOrDefault(field) as byte[];

    /// <summary>A number of 32 bits, or the default where it was left out.</summary>
    public uint UInt32(string field, uint defaultValue = 0) => Values.TryGetValue(field, out object? value) ? (uint)value! : defaultValue;

    /// <summary>A number of 64 bits, 0 where it was left out.</summary>
    public ulong UInt64(string field) => Values.TryGetValue(field, out object? value) ? (ulong)value! : 0;

    /// <summary>Text; null for a NULL pointer.</summary>
    public string? Text(string field) => Values[field] as string;

    /// <summary>One of the words that the field lists; null where it was left out.</summary>
    public string? Word(string field) => Values.GetValueOrDefault(field) as string;

    /// <summary>An IP address; null where it was left out.</summary>
    public IPAddress? Address(string field) => Values.GetValueOrDefault(field) as IPAddress;

    /// <summary>A map type.</summary>
    public BpfMapType MapType(string field) => (BpfMapType)Values[field]!;

    /// <summary>True for a batch that goes on where the last one on the descriptor ended.</summary>
    public bool ContinuesFromCursor => Values.GetValueOrDefault("cursor") is true;
}
