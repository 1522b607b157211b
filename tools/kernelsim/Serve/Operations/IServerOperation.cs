using System.Text.Json;

namespace KernelSim.Tool.Serve.Operations;

/// <summary>
/// An operation of the server itself, not of its machine, for one connection. It starts no process on the machine. One that is
/// <see cref="IDisposable"/> is disposed of when its connection ends.
/// </summary>
internal interface IServerOperation
{
    /// <summary>Does it, and writes the fields of the answer that come after <c>ret</c>.</summary>
    /// <param name="request">The request; its fields are of the kinds that the table allows.</param>
    /// <param name="answer">Inside the object of the answer.</param>
    void Answer(JsonElement request, Utf8JsonWriter answer);
}
