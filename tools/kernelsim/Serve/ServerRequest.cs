using System.Text.Json;

namespace KernelSim.Tool.Serve;

/// <summary>A line that is for the server, not for its machine.</summary>
/// <param name="Kind">What is wanted.</param>
/// <param name="Id">The line's own id as JSON text; null when it has none.</param>
/// <param name="Notes">Whether results are to tell from now on what the program itself could not know.</param>
internal sealed record ServerRequest(ServerRequestKind Kind, string? Id, bool Notes)
{
    private const string Prefix = "server_";

    /// <summary>Asks who the server is.</summary>
    public const string Hello = "{\"op\":\"server_hello\"}";

    /// <summary>Asks who the server is, and for notes.</summary>
    public const string HelloWithNotes = "{\"op\":\"server_hello\",\"notes\":true}";

    /// <summary>Tells the server to end.</summary>
    public const string Stop = "{\"op\":\"server_stop\"}";

    /// <summary>Reads a line; null when it is the machine's business, as is one that nobody understands.</summary>
    public static ServerRequest? Parse(string line)
    {
        // Most lines are calls, and are read by somebody else.
        if (!line.Contains(Prefix, StringComparison.Ordinal))
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

        return kind is { } known ? new ServerRequest(known, id, notes) : null;
    }
}
