using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Museum.Facts;

/// <summary>
/// The three witnesses of a call. The library testifies about the layout of batches only; what it believed of a single value is how much of it
/// the message has room for.
/// </summary>
internal static class ValueWitnesses
{
    /// <summary>The witnesses; null if nothing in the call depended on the size of a value.</summary>
    public static Witnesses? Of(RequestView request)
    {
        Witnesses batch = request.Witnesses;
        return batch.Library.Total is not null ? batch
            : request.Buffers.FirstOrDefault(b => b.What == "value") is { } buffer && ValueBytes(request) is { } bytes
                ? new Witnesses(Application(buffer, batch.Kernel), Library(request, bytes, batch.Kernel), batch.Kernel)
            : null;
    }

    private static Witness Application(ApplicationBufferEvent buffer, Witness kernel) =>
        Explain(Party.Application, buffer.Bytes, kernel, buffer.RequestId, $"value buffer of {buffer.Bytes} bytes");

    private static Witness Library(RequestView request, long bytes, Witness kernel) =>
        Explain(Party.Library, bytes, kernel, request.Id, $"a message with {bytes} bytes of value");

    private static Witness Explain(Party party, long bytes, Witness kernel, ulong request, string basis) => bytes == kernel.Total
        ? new Witness(party, kernel.Stride, kernel.Cpus, bytes, request, basis)
        : new Witness(party, null, null, bytes, request, basis);

    /// <summary>Room for a value in the message of a single look-up, or the value in that of an update.</summary>
    private static long? ValueBytes(RequestView request) =>
        Sent(request, EbpfOperationId.MapFindElement) is { } find ? find.OutputLength - MapFindElementReply.TailOffset
        : Sent(request, EbpfOperationId.MapUpdateElement) is { } update ? update.InputLength - MapUpdateElementRequest.TailOffset - KeyBytes(request)
        : null;

    private static IoctlStartEvent? Sent(RequestView request, EbpfOperationId operation) =>
        request.Ioctls.Select(i => i.Start).FirstOrDefault(s => s.Operation == OperationTable.Find(operation)!.Name);

    /// <summary>The key is the first thing that the library copies into an update.</summary>
    private static long KeyBytes(RequestView request) => request.Copies.FirstOrDefault()?.Bytes ?? 0;
}
