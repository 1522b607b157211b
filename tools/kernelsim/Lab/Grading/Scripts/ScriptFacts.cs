using System.Text.Json;
using System.Text.Json.Serialization;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>What a run of a lab script did: from the trace of that run, and from the kernel's state after its last line.</summary>
/// <param name="Calls">The lines that made a call, in their order.</param>
/// <param name="Maps">The maps that exist after the last line, as another process of the machine reads them.</param>
internal sealed record ScriptFacts(IReadOnlyList<ScriptCallFact> Calls, IReadOnlyList<MapFact> Maps)
{
    /// <summary>Why a line is invalid, with its number: the script ended there. Null if all are valid.</summary>
    public string? Problem { get; init; }

    /// <summary>The bugcheck that stopped the machine, or what it left behind when it shut down; null if neither happened.</summary>
    public string? Ending { get; init; }

    /// <summary>Every control request of the run.</summary>
    [JsonIgnore]
    public IEnumerable<IoctlFact> Ioctls => Calls.SelectMany(c => c.Ioctls);

    /// <summary>The map of a name; null if there is none or its process has ended.</summary>
    public MapFact? Map(string name) => Maps.FirstOrDefault(m => m.Name == name);
}

/// <summary>A line's call.</summary>
/// <param name="Line">Number of the line, from 1.</param>
/// <param name="Op">Name of the call.</param>
/// <param name="Result">The result, as the script prints it.</param>
/// <param name="Ioctls">Its control requests.</param>
/// <param name="Copies">The bytes that it moved.</param>
internal sealed record ScriptCallFact(
    int Line, string Op, JsonElement Result, IReadOnlyList<IoctlFact> Ioctls, IReadOnlyList<CopyFact> Copies)
{
    /// <summary>Its request id, by which a trace names it; 0 if it made no request.</summary>
    public ulong Request { get; init; }

    /// <summary>The check that refused it; null if none did.</summary>
    public RefusalFact? Refusal { get; init; }

    /// <summary>The access that ended its process; null if none did.</summary>
    public FaultFact? Fault { get; init; }

    /// <summary>How far its copies went past the end of the program's buffer for values, in bytes; 0 if they did not.</summary>
    public long BytesPastValues { get; init; }

    /// <summary>The function of the library that it called; null if it called none.</summary>
    public string? Function { get; init; }

    /// <summary>The processor that it names; null if it names none.</summary>
    public uint? Cpu { get; init; }

    /// <summary>The value that it passes, in hex; null if it passes none.</summary>
    public string? Value { get; init; }

    /// <summary>Its return value; null if the process ended in it.</summary>
    [JsonIgnore]
    public long? Ret => Result.TryGetProperty("ret", out JsonElement ret) ? ret.GetInt64() : null;

    /// <summary>The errno by name; null if it did not fail.</summary>
    [JsonIgnore]
    public string? Errno => Text("errno");

    /// <summary>A text of the result; null if it has none of that name.</summary>
    public string? Text(string name) => Result.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    /// <summary>A number of the result; null if it has none of that name.</summary>
    public long? Number(string name) => Result.TryGetProperty(name, out JsonElement number) ? number.GetInt64() : null;
}

/// <summary>A control request.</summary>
/// <param name="Operation">Name of the operation.</param>
/// <param name="Input">Bytes of the request.</param>
/// <param name="Output">Bytes of room for the reply.</param>
/// <param name="Status">The NTSTATUS by name; null if it had not completed.</param>
/// <param name="Information">Bytes of the reply.</param>
internal sealed record IoctlFact(string Operation, long Input, long Output, string? Status, long Information);

/// <summary>The copies of a call in one stage.</summary>
/// <param name="Stage">The stage by name, such as <c>Marshal</c>.</param>
/// <param name="Copies">How many there were.</param>
/// <param name="Bytes">Bytes of all of them.</param>
internal sealed record CopyFact(string Stage, int Copies, long Bytes);

/// <summary>A refusal.</summary>
/// <param name="Check">Id of the check.</param>
/// <param name="Site">The function that refused.</param>
/// <param name="Given">The number given; null if the trace has none.</param>
/// <param name="Expected">The number expected; null if the trace has none.</param>
internal sealed record RefusalFact(string Check, string Site, long? Given, long? Expected);

/// <summary>A fault.</summary>
/// <param name="Access"><c>read</c> or <c>write</c>.</param>
/// <param name="Length">Bytes of the access.</param>
/// <param name="Site">The code that made it.</param>
/// <param name="Buffer">The program's buffer that it ran past: <c>keys</c>, <c>values</c> and so on; null if it is none.</param>
/// <param name="BufferBytes">Bytes of that buffer.</param>
/// <param name="BytesPastEnd">How far past its end the access would have gone, in bytes.</param>
/// <param name="Element">Index of the element that was being copied, from 0; -1 if unknown.</param>
internal sealed record FaultFact(
    string Access, long Length, string Site, string? Buffer, long BufferBytes, long BytesPastEnd, long Element);

/// <summary>A map after the run.</summary>
/// <param name="Name">The name that it was created with.</param>
/// <param name="Type">bpftool's name of its type.</param>
/// <param name="KeySize">Bytes of a key.</param>
/// <param name="ValueSize">Bytes of a value, of one CPU's in a per-CPU map.</param>
/// <param name="MaxEntries">Most elements.</param>
/// <param name="Elements">Keys and values in hex, ordered by key; a value of a per-CPU map has the slots of all CPUs.</param>
internal sealed record MapFact(
    string Name, string Type, long KeySize, long ValueSize, long MaxEntries, IReadOnlyDictionary<string, string> Elements);
