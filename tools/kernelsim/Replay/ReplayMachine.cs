using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Machines;

namespace KernelSim.Tool.Replay;

/// <summary>
/// A machine set up as the recording harness sets its own up: the same objects under the same handles and ids.
/// </summary>
/// <remarks>
/// Where the driver does not build a kind of object yet, its handle is a plain handle of the device, so that looking it up as a map
/// fails as looking up a program does, and its id has been spent.
/// </remarks>
internal sealed class ReplayMachine : IDisposable
{
    private readonly LabMachine _lab;
    private readonly RawDevice _device;
    private NtHandle _template = NtHandle.Invalid;

    private ReplayMachine(LabMachine lab)
    {
        _lab = lab;
        _device = new RawDevice(lab.Gate);
    }

    /// <summary>Boots a machine and makes the objects.</summary>
    public static ReplayMachine SetUp(MachineSettings settings)
    {
        ReplayMachine machine = new(LabMachine.Boot(settings, settings.ForProcess("replay.exe") with { DenseHandles = true }));

        // Messages go through the first program's placeholder, so that no handle exists that the harness does not have.
        Expect(machine._device.Open(out _));
        for (int i = 0; i < RecordedObjects.Programs; i++)
        {
            machine.SpendId();
        }

        for (int i = 1; i < RecordedObjects.Programs; i++)
        {
            machine.AddPlaceholder();
        }

        foreach (EbpfMapDefinition definition in RecordedObjects.Maps)
        {
            NtHandle? map = machine.CreateMap(definition);
            if (map is null)
            {
                machine.SpendId();
                machine.AddPlaceholder();
            }
            else if (definition.Type == BpfMapType.Hash)
            {
                machine._template = map.Value;
            }
        }

        for (int i = 0; i < RecordedObjects.Links; i++)
        {
            machine.SpendId();
            machine.AddPlaceholder();
        }

        return machine;
    }

    /// <summary>Sends a recorded message.</summary>
    public ReplayOutcome Send(RecordedMessage message)
    {
        RawReply reply = _device.Send(0, message.Request, (uint)message.ReplyLength);
        if (reply.Status.IsSuccess && message.Operation == EbpfOperationId.CloseHandle && ClosesDevice(message.Request))
        {
            _device.Forget();
        }

        return new ReplayOutcome(message, reply.Status, reply.Information);
    }

    /// <summary>Shuts the machine down.</summary>
    /// <returns>What was still outstanding.</returns>
    public IReadOnlyList<string> Shutdown() => _lab.Shutdown();

    /// <inheritdoc/>
    public void Dispose() => _lab.Dispose();

    private static void Expect(NtStatus status)
    {
        if (!status.IsSuccess)
        {
            throw new InvalidOperationException($"setting the machine up ended in {status}");
        }
    }

    /// <summary>Makes a map as the harness does; null when the driver does not build its type.</summary>
    private NtHandle? CreateMap(EbpfMapDefinition definition)
    {
        CreateMapRequest request = new()
        {
            Header = new OperationHeader { Length = CreateMapRequest.TailOffset, Id = EbpfOperationId.CreateMap },
            EbpfMapDefinition = definition,
            InnerMapHandle = definition.Type is BpfMapType.HashOfMaps or BpfMapType.ArrayOfMaps ? _template : NtHandle.Invalid,
        };
        RawReply reply = _device.Send(0, StructBytes.Of(request), (uint)Unsafe.SizeOf<CreateMapReply>());
        if (reply.Status == NtStatus.NotSupported)
        {
            return null;
        }

        Expect(reply.Status);
        return MemoryMarshal.Read<CreateMapReply>(reply.Reply).Handle;
    }

    /// <summary>Makes an object and lets it go: its id is not given out again, its handle is.</summary>
    private void SpendId() => Expect(_lab.Gate.NtClose(0, CreateMap(RecordedObjects.Maps[0])!.Value));

    private void AddPlaceholder() => Expect(_device.OpenAnother(out _));

    private bool ClosesDevice(byte[] request) =>
        _device.Open(out NtHandle device).IsSuccess && MemoryMarshal.Read<CloseHandleRequest>(request).Handle == device;
}
