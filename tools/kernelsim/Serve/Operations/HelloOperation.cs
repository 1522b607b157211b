using System.Text.Json;

namespace KernelSim.Tool.Serve.Operations;

/// <summary><c>server_hello</c>: the server's description. With <c>notes</c>, results contain notes from now on.</summary>
internal sealed class HelloOperation(ServerConnection connection) : IServerOperation
{
    /// <inheritdoc/>
    public void Answer(JsonElement request, Utf8JsonWriter answer)
    {
        connection.WantsNotes |= request.TryGetProperty("notes", out JsonElement notes) && notes.GetBoolean();
        connection.Server.Info.WriteFields(answer);
    }
}
