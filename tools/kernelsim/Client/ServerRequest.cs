using System.Text.Json;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Client;

/// <summary>A line addressed to the server, not to its machine.</summary>
/// <param name="Kind">What is requested of the server.</param>
/// <param name="Id">The line's own id as JSON text; null when it has none.</param>
/// <param name="Notes">Whether results are to contain notes from now on: facts that the program itself could not know.</param>
internal sealed record ServerRequest(ServerRequestKind Kind, string? Id, bool Notes)
{
    private const string Prefix = "server_";
    private const string Tool = "bpftool";

    /// <summary>Requests the server's description.</summary>
    public const string Hello = "{\"op\":\"server_hello\"}";

    /// <summary>Requests the server's description, and notes.</summary>
    public const string HelloWithNotes = "{\"op\":\"server_hello\",\"notes\":true}";

    /// <summary>Requests the server to end.</summary>
    public const string Stop = "{\"op\":\"server_stop\"}";

    /// <summary>Ends the command of bpftool's that runs, as Ctrl-C does. It has no reply of its own.</summary>
    public const string Interrupt = "{\"op\":\"bpftool_interrupt\"}";

    /// <summary>The words of a command of bpftool's; empty for another request.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Requests a command of bpftool's to be run in a process of its own.</summary>
    public static string Bpftool(IReadOnlyList<string> arguments) => JsonText.Of(OutputFormat.Json, json =>
    {
        json.WriteStartObject();
        json.WriteString("op", Tool);
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
        if (!line.Contains(Prefix, StringComparison.Ordinal) && !line.Contains(Tool, StringComparison.Ordinal))
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
        IReadOnlyList<string> arguments = [];
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
                case "op" when field.Value.ValueEquals(Tool):
                    kind = ServerRequestKind.Bpftool;
                    break;
                case "arguments" when field.Value.ValueKind == JsonValueKind.Array && field.Value.EnumerateArray().All(IsString):
                    arguments = [.. field.Value.EnumerateArray().Select(a => a.GetString()!)];
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

        return kind is { } known ? new ServerRequest(known, id, notes) { Arguments = arguments } : null;
    }

    private static bool IsString(JsonElement value) => value.ValueKind == JsonValueKind.String;
}

/// <summary>The requests addressed to the server itself.</summary>
internal enum ServerRequestKind
{
    /// <summary><c>server_hello</c>: returns the server's description.</summary>
    Hello,

    /// <summary><c>server_stop</c>: ends the server.</summary>
    Stop,

    /// <summary><c>bpftool</c>: runs a command in a process of its own.</summary>
    Bpftool,
}
