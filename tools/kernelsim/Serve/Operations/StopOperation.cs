using System.Text.Json;

namespace KernelSim.Tool.Serve.Operations;

/// <summary><c>server_stop</c>: ends the server. The client hears of it when its connection ends.</summary>
internal sealed class StopOperation(ServerConnection connection) : IServerOperation
{
    /// <inheritdoc/>
    public void Answer(JsonElement request, Utf8JsonWriter answer) => connection.AwaitsStop = true;
}
