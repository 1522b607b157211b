using System.Text.Json;

namespace KernelSim.Tool.Top;

/// <summary>What a server has counted, as it answered <c>server_statistics</c>.</summary>
internal sealed record TopSample
{
    /// <summary>Microseconds since counting began.</summary>
    public required long ElapsedUs { get; init; }

    /// <summary>Calls of libraries.</summary>
    public required long Calls { get; init; }

    /// <summary>Those of them that failed.</summary>
    public required long FailedCalls { get; init; }

    /// <summary>Control requests.</summary>
    public required long Ioctls { get; init; }

    /// <summary>Copies: one for each message and stage.</summary>
    public required long Copies { get; init; }

    /// <summary>Bytes of these copies.</summary>
    public required long Bytes { get; init; }

    /// <summary>Processes that live.</summary>
    public required int Processes { get; init; }

    /// <summary>Pool in use.</summary>
    public required long PoolBytes { get; init; }

    /// <summary>Refusals by check.</summary>
    public required IReadOnlyDictionary<string, long> Refusals { get; init; }

    /// <summary>The processors.</summary>
    public required IReadOnlyList<TopProcessor> Processors { get; init; }

    /// <summary>The maps that exist.</summary>
    public required IReadOnlyList<TopMap> Maps { get; init; }

    /// <summary>Reads an answer.</summary>
    public static TopSample Read(JsonElement answer) => new()
    {
        ElapsedUs = answer.GetProperty("elapsed_us").GetInt64(),
        Calls = answer.GetProperty("calls").GetInt64(),
        FailedCalls = answer.GetProperty("failed").GetInt64(),
        Ioctls = answer.GetProperty("ioctls").GetInt64(),
        Copies = answer.GetProperty("copies").GetInt64(),
        Bytes = answer.GetProperty("bytes").GetInt64(),
        Processes = answer.GetProperty("processes").GetInt32(),
        PoolBytes = answer.GetProperty("pool_bytes").GetInt64(),
        Refusals = answer.GetProperty("refusals").EnumerateObject().ToDictionary(r => r.Name, r => r.Value.GetInt64()),
        Processors = [.. answer.GetProperty("processors").EnumerateArray().Select(TopProcessor.Read)],
        Maps = [.. answer.GetProperty("maps").EnumerateArray().Select(TopMap.Read)],
    };
}

/// <summary>A processor in a sample.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Samples">How often it was looked at.</param>
/// <param name="Busy">How often a thread was in the kernel on it.</param>
/// <param name="Threads">How many threads were, the last time.</param>
/// <param name="Irql">The highest level since the sample before.</param>
internal sealed record TopProcessor(int Number, long Samples, long Busy, int Threads, int Irql)
{
    /// <summary>Reads one.</summary>
    public static TopProcessor Read(JsonElement json) => new(
        json.GetProperty("number").GetInt32(),
        json.GetProperty("samples").GetInt64(),
        json.GetProperty("busy").GetInt64(),
        json.GetProperty("threads").GetInt32(),
        json.GetProperty("irql").GetInt32());
}

/// <summary>A map in a sample.</summary>
/// <param name="Id">The id that bpf_obj_get_info_by_fd gives.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Type">bpftool's name of its type.</param>
/// <param name="Requests">How many of the newest records of the flight recorder are of requests about it.</param>
internal sealed record TopMap(uint Id, string Name, string Type, long Requests)
{
    /// <summary>Reads one.</summary>
    public static TopMap Read(JsonElement json) => new(
        json.GetProperty("id").GetUInt32(),
        json.GetProperty("name").GetString()!,
        json.GetProperty("type").GetString()!,
        json.GetProperty("requests").GetInt64());
}
