using System.Text.Json;

namespace KernelSim.Tool.Client;

/// <summary>A line addressed to the server, not to its machine.</summary>
/// <param name="Kind">What is requested of the server.</param>
/// <param name="Id">The line's own id as JSON text; null when it has none.</param>
/// <param name="Notes">Whether results are to contain notes from now on: facts that the program itself could not know.</param>
/// <param name="Count">How many records are requested; null when the line does not say.</param>
internal sealed record ServerRequest(ServerRequestKind Kind, string? Id, bool Notes, int? Count)
{
    private const string Prefix = "server_";
    private const string Recorder = "flight_recorder";

    /// <summary>Requests the server's description.</summary>
    public const string Hello = "{\"op\":\"server_hello\"}";

    /// <summary>Requests the server's description, and notes.</summary>
    public const string HelloWithNotes = "{\"op\":\"server_hello\",\"notes\":true}";

    /// <summary>Requests the server to end.</summary>
    public const string Stop = "{\"op\":\"server_stop\"}";

    /// <summary>Parses a line; null if it is for the machine, which also includes invalid lines.</summary>
    public static ServerRequest? Parse(string line)
    {
        // Most lines are calls, which are parsed elsewhere.
        if (!line.Contains(Prefix, StringComparison.Ordinal) && !line.Contains(Recorder, StringComparison.Ordinal))
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
        ServerRequestKind? kind = null;
        string? id = null;
        bool notes = false;
        int? count = null;
        foreach (JsonProperty field in line.EnumerateObject())
        {
            switch (field.Name)
            {
                case "op" when field.Value.ValueEquals(Prefix + "hello"):
                    kind = ServerRequestKind.Hello;
                    break;
                case "op" when field.Value.ValueEquals(Prefix + "stop"):
                    kind = ServerRequestKind.Stop;
                    break;
                case "op" when field.Value.ValueEquals(Recorder):
                    kind = ServerRequestKind.FlightRecorder;
                    break;
                case "count" when field.Value.ValueKind == JsonValueKind.Number
                    && field.Value.TryGetInt32(out int records) && records >= 0:
                    count = records;
                    break;
                case "id":
                    id = field.Value.GetRawText();
                    break;
                case "notes" when field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    notes = field.Value.GetBoolean();
                    break;
                default:
                    return null;
            }
        }

        // A field that the request does not have makes it a line of the script, which names the field.
        bool fits = kind == ServerRequestKind.FlightRecorder ? !notes : count is null;
        return kind is { } known && fits ? new ServerRequest(known, id, notes, count) : null;
    }
}

/// <summary>The requests addressed to the server itself.</summary>
internal enum ServerRequestKind
{
    /// <summary><c>server_hello</c>: returns the server's description.</summary>
    Hello,

    /// <summary><c>server_stop</c>: ends the server.</summary>
    Stop,

    /// <summary><c>flight_recorder</c>: returns the newest records of the machine's flight recorder.</summary>
    FlightRecorder,
}
