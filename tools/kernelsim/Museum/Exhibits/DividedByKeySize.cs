using System.Runtime.CompilerServices;
using KernelSim.EbpfCore;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Museum.Acting;

namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>#3989: a message about a map without keys divides by zero in the kernel.</summary>
internal sealed class DividedByKeySize : IExhibit
{
    /// <inheritdoc/>
    public ExhibitLabel Label { get; } = new()
    {
        Id = "efw-3989",
        Title = "a division by the size of a key",
        Side = ExhibitSide.Driver,
        Year = 2024,
        Link = ExhibitLabel.Pull(3989),
        Fixes = [ExhibitLabel.Pull(3989)],
        Saw = "one message of a fuzzer, and the machine stops with a blue screen",
    };

    /// <inheritdoc/>
    public ExhibitWords Words { get; } = new()
    {
        Meant = "A fuzzer sends a batch delete for a queue, by its own message. The library would never send it: a queue has no keys.",
        Application = "whatever is sent, the kernel refuses or serves it",
        Library = "not used: its check comes before the message",
        Kernel = "a batch delete is about a map with keys, since the library has looked",
        Wrong = "The driver computes how many keys the message holds before it asks whether keys have a size. The check on the other side of the "
            + "boundary is worth nothing: anybody with a handle can write a message.",
        Fix = "The driver refuses a size of zero before it divides, here and where records are counted.",
    };

    /// <inheritdoc/>
    public Cast Before { get; } = new("the driver before its fix") { DriverDefects = EbpfCoreDefects.DividesByKeySize };

    /// <inheritdoc/>
    public Cast After { get; } = new("the driver as it is");

    /// <inheritdoc/>
    public void Play(ExhibitStage stage)
    {
        stage.CreateMap(BpfMapType.Queue, 0, sizeof(uint), maxEntries: 8);
        NtHandle map = RawMap.Open(stage, out NtHandle device);
        MapDeleteElementBatchRequest request = new()
        {
            Header = new OperationHeader { Length = MapDeleteElementBatchRequest.TailOffset, Id = EbpfOperationId.MapDeleteElementBatch },
            Handle = map,
        };
        NtStatus status = stage.Send(
            device,
            RawMap.Bytes(request),
            (uint)Unsafe.SizeOf<MapDeleteElementBatchReply>(),
            "queue, no keys",
            out DeviceRequest sent);
        stage.Compare("the message", "refused", status.IsError ? "refused" : "served");
        sent.Dispose();
        RawMap.Close(stage, map, device);
    }
}
