using System.Text.Json;

namespace KernelSim.Tool.Client;

/// <summary>The operations of a server itself, with the fields that each takes besides <c>op</c> and <c>id</c>.</summary>
internal static class ServerOperationTable
{
    /// <summary>What their names begin with, and those of a machine's calls do not.</summary>
    public const string Prefix = "server_";

    /// <summary>The server's description.</summary>
    public const string Hello = Prefix + "hello";

    /// <summary>What the machine has done since the connection first asked.</summary>
    public const string Statistics = Prefix + "statistics";

    /// <summary>The newest records of the machine's flight recorder.</summary>
    public const string FlightRecorder = Prefix + "flight_recorder";

    /// <summary>Runs a command of bpftool's in a process of its own.</summary>
    public const string Bpftool = Prefix + "bpftool";

    /// <summary>Ends the command of bpftool's that runs. Read while it runs, and without a reply.</summary>
    public const string Interrupt = Prefix + "interrupt";

    /// <summary>Ends the server.</summary>
    public const string Stop = Prefix + "stop";

    /// <summary>One row per operation.</summary>
    public static IReadOnlyDictionary<string, ServerField[]> Fields { get; } = new Dictionary<string, ServerField[]>
    {
        [Hello] = [new("notes", IsFlag)],
        [Statistics] = [],
        [FlightRecorder] = [new("count", IsCount)],
        [Bpftool] = [new("arguments", IsWords)],
        [Interrupt] = [],
        [Stop] = [],
    };

    private static bool IsFlag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static bool IsWords(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(w => w.ValueKind == JsonValueKind.String);

    private static bool IsCount(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) && count >= 0;
}

/// <summary>A field of a request to the server.</summary>
/// <param name="Name">The member of the line.</param>
/// <param name="Takes">Whether it takes a value.</param>
internal sealed record ServerField(string Name, Func<JsonElement, bool> Takes);
