using System.Text.Json;

namespace KernelSim.Tool.Client;

/// <summary>A line addressed to the server, not to its machine.</summary>
/// <param name="Operation">What is requested of the server: a row of <see cref="ServerOperationTable"/>.</param>
/// <param name="Id">The line's own id as JSON text; null when it has none.</param>
/// <param name="Line">The whole line.</param>
internal sealed record ServerRequest(string Operation, string? Id, JsonElement Line)
{
    /// <summary>Requests the server's description.</summary>
    public const string Hello = "{\"op\":\"server_hello\"}";

    /// <summary>Requests the server's description, and notes.</summary>
    public const string HelloWithNotes = "{\"op\":\"server_hello\",\"notes\":true}";

    /// <summary>Requests the machine's counters.</summary>
    public const string Statistics = "{\"op\":\"server_statistics\"}";

    /// <summary>Ends the command of bpftool's that runs, as Ctrl-C does. It has no reply of its own.</summary>
    public const string Interrupt = "{\"op\":\"server_interrupt\"}";

    /// <summary>Requests the server to end.</summary>
    public const string Stop = "{\"op\":\"server_stop\"}";

    /// <summary>Requests a command of bpftool's to be run in a process of its own.</summary>
    public static string Bpftool(IReadOnlyList<string> arguments) => JsonText.Of(OutputFormat.Json, json =>
    {
        json.WriteStartObject();
        json.WriteString("op", ServerOperationTable.Bpftool);
        json.WriteStartArray("arguments");
        foreach (string argument in arguments)
        {
            json.WriteStringValue(argument);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>Parses a line; null if it is for the machine, which also includes invalid lines.</summary>
    public static ServerRequest? Parse(string line)
    {
        // Most lines are calls, which are parsed elsewhere.
        if (!line.Contains(ServerOperationTable.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Parse(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ServerRequest? Parse(JsonElement line)
    {
        if (!line.TryGetProperty("op", out JsonElement op)
            || !ServerOperationTable.Fields.TryGetValue(op.GetString() ?? "", out ServerField[]? fields))
        {
            return null;
        }

        bool isKnown = line.EnumerateObject().All(
            f => f.Name is "op" or "id" || fields.Any(known => known.Name == f.Name && known.Takes(f.Value)));
        return isKnown
            ? new ServerRequest(op.GetString()!, line.TryGetProperty("id", out JsonElement id) ? id.GetRawText() : null, line.Clone())
            : null;
    }
}
