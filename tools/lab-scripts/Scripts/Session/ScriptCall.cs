using System.Net;
using KernelSim.Protocol;

namespace KernelSim.LabScripts;

/// <summary>One line of a lab script, parsed and validated.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Op">The call to make.</param>
/// <param name="Id">The line's own id as JSON text; null if it has none.</param>
/// <param name="Values">The values of the op's fields, in its order.</param>
/// <param name="Given">A bit for each of them, the first the lowest, that tells whether the line has the field.</param>
internal sealed record ScriptCall(int Line, ScriptOp Op, string? Id, IReadOnlyList<object?> Values, uint Given)
{
    /// <summary>The name for the returned descriptor; null if none was given.</summary>
    public string? As => Find("as") as string;

    /// <summary>True when the line has the field.</summary>
    public bool Has(string field) => IndexOf(field) >= 0;

    /// <summary>A descriptor.</summary>
    public int Descriptor(string field = "fd") => (int)Find(field)!;

    /// <summary>Bytes; null for a NULL pointer and for an omitted field.</summary>
    public byte[]? Bytes(string field) => Find(field) as byte[];

    /// <summary>A number of 32 bits, or the default if omitted.</summary>
    public uint UInt32(string field, uint defaultValue = 0) => Find(field) is uint value ? value : defaultValue;

    /// <summary>A number of 64 bits, 0 if omitted.</summary>
    public ulong UInt64(string field) => Find(field) is ulong value ? value : 0;

    /// <summary>Text; null for a NULL pointer.</summary>
    public string? Text(string field) => Find(field) as string;

    /// <summary>One of the words that the field allows; null if omitted.</summary>
    public string? Word(string field) => Find(field) as string;

    /// <summary>An IP address; null if omitted.</summary>
    public IPAddress? Address(string field) => Find(field) as IPAddress;

    /// <summary>A control code.</summary>
    public IoControlCode ControlCode(string field) => (IoControlCode)Find(field)!;

    /// <summary>A map type.</summary>
    public BpfMapType MapType(string field) => (BpfMapType)Find(field)!;

    /// <summary>True for a batch that continues where the last one on the descriptor ended.</summary>
    public bool ContinuesFromCursor => Find("cursor") is true;

    private object? Find(string field) => IndexOf(field) is >= 0 and var index ? Values[index] : null;

    /// <summary>The place of a field in the op; -1 when the line does not have it.</summary>
    private int IndexOf(string field)
    {
        int index = Array.FindIndex(Op.Fields, f => f.Name == field);
        return index >= 0 && (Given & (1U << index)) != 0 ? index : -1;
    }
}
