using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Replay;

/// <summary>
/// A machine set up like the recording harness: the same objects under the same handles and ids.
/// </summary>
/// <remarks>
/// If the driver does not implement a type of object, its handle is a plain handle of the device, so looking it up as a map
/// fails like looking up a program, and its id is used up.
/// </remarks>
internal sealed class ReplayMachine : IDisposable
{
    private readonly LabMachine _lab;
    private readonly ISystemGate _gate;
    private readonly RawDevice _device;
    private readonly List<NmrProvider> _providers = [];
    private NtHandle _template = NtHandle.Invalid;

    private ReplayMachine(LabMachine lab, ISystemGate gate)
    {
        _lab = lab;
        _gate = gate;
        _device = new RawDevice(gate);
    }

    /// <summary>Boots a machine and creates the objects.</summary>
    public static ReplayMachine SetUp(MachineSettings settings)
    {
        LabMachine lab = LabMachine.Boot(settings, EbpfCoreOptions.NativeOnly with { Interpreter = new RecordedEngine() });
        ReplayMachine machine = new(lab, lab.Start(settings.ForProcess("replay.exe") with { DenseHandles = true }).Gate);

        machine.ProvideTypes();
        machine.CreatePrograms();
        Dictionary<BpfMapType, NtHandle> mapOfType = [];

        foreach (EbpfMapDefinition definition in RecordedObjects.Maps)
        {
            NtHandle? map = machine.CreateMap(definition);
            if (map is null)
            {
                machine.SpendId();
                machine.AddPlaceholder();
            }
            else
            {
                mapOfType[definition.Type] = map.Value;
                machine._template = mapOfType[BpfMapType.Hash];
            }
        }

        machine.GiveMaps([.. mapOfType.Where(m => !MapTypeTable.Find(m.Key)!.HoldsPrograms).OrderBy(m => m.Key).Select(m => m.Value)]);

        machine.CreateLinks();
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
    /// <returns>What was still outstanding, one line each.</returns>
    public IReadOnlyList<string> Shutdown()
    {
        using (KernelScope kernel = _lab.Machine.EnterKernel())
        {
            foreach (NmrProvider provider in Enumerable.Reverse(_providers))
            {
                if (_lab.Machine.Nmr.Deregister(kernel.Thread, provider) == NtStatus.Pending)
                {
                    _lab.Machine.Nmr.WaitForDeregister(kernel.Thread, provider);
                }
            }
        }

        _providers.Clear();
        return _lab.Shutdown();
    }

    /// <inheritdoc/>
    public void Dispose() => _lab.Dispose();

    private static void Expect(NtStatus status)
    {
        if (!status.IsSuccess)
        {
            throw new InvalidOperationException($"setting the machine up ended in {status}");
        }
    }

    private void ProvideTypes()
    {
        using KernelScope kernel = _lab.Machine.EnterKernel();
        _providers.AddRange(RecordedObjects.Programs.Distinct().Select(type => new RecordedProgramType(ProgramTypeTable.Find(type)!)));
        _providers.AddRange(RecordedObjects.Links.Select(place => new RecordedHook(place)));
        foreach (NmrProvider provider in _providers)
        {
            Expect(_lab.Machine.Nmr.Register(kernel.Thread, provider));
        }
    }

    /// <summary>Attaches every program.</summary>
    private void CreateLinks()
    {
        for (int i = 0; i < RecordedObjects.Links.Count; i++)
        {
            LinkProgramRequest request = new()
            {
                Header = new OperationHeader { Length = LinkProgramRequest.TailOffset + sizeof(uint), Id = EbpfOperationId.LinkProgram },
                ProgramHandle = new NtHandle(i + 1),
                AttachType = RecordedObjects.Links[i].Id,
            };
            byte[] message = [.. StructBytes.Of(request)[..LinkProgramRequest.TailOffset], 0, 0, 0, 0];
            Expect(_device.Send(0, message, (uint)Unsafe.SizeOf<LinkProgramReply>()).Status);
        }
    }

    /// <summary>
    /// Creates the programs. Messages are sent through the first one's handle, a handle of the device like any other, so that there is no handle
    /// that the harness does not have: the device's own, which was first, is closed, and the program reopened in its place.
    /// </summary>
    private void CreatePrograms()
    {
        Expect(_device.Open(out NtHandle device));
        NtHandle second = CreateProgram(RecordedObjects.Programs[0]);
        Expect(_gate.NtClose(0, device));
        _device.Use(second);
        GetHandleByIdRequest again = new()
        {
            Header = new OperationHeader { Length = (ushort)Unsafe.SizeOf<GetHandleByIdRequest>(), Id = EbpfOperationId.GetProgramHandleById },
            Id = RecordedObjects.FirstId,
        };
        RawReply reply = _device.Send(0, StructBytes.Of(again), (uint)Unsafe.SizeOf<GetHandleByIdReply>());
        Expect(reply.Status);
        _device.Use(MemoryMarshal.Read<GetHandleByIdReply>(reply.Reply).Handle);
        Expect(_gate.NtClose(0, second));
        foreach (Guid type in RecordedObjects.Programs.Skip(1))
        {
            CreateProgram(type);
        }
    }

    /// <summary>Associates each program with its maps.</summary>
    private void GiveMaps(NtHandle[] maps)
    {
        for (int program = 1; program <= RecordedObjects.Programs.Count; program++)
        {
            ResolveMapRequest request = new()
            {
                Header = new OperationHeader
                {
                    Length = (ushort)(ResolveMapRequest.TailOffset + (maps.Length * sizeof(long))),
                    Id = EbpfOperationId.ResolveMap,
                },
                ProgramHandle = new NtHandle(program),
            };
            byte[] message = [.. StructBytes.Of(request)[..ResolveMapRequest.TailOffset], .. MemoryMarshal.AsBytes<NtHandle>(maps)];
            Expect(_device.Send(0, message, (uint)(ResolveMapReply.TailOffset + (maps.Length * sizeof(long)))).Status);
        }
    }

    private void LoadCode(NtHandle program)
    {
        LoadCodeRequest request = new()
        {
            Header = new OperationHeader
            {
                Length = (ushort)(LoadCodeRequest.TailOffset + RecordedObjects.Code.Length),
                Id = EbpfOperationId.LoadCode,
            },
            ProgramHandle = program,
            CodeType = EbpfCodeType.Ebpf,
        };
        Expect(_device.Send(0, [.. StructBytes.Of(request)[..LoadCodeRequest.TailOffset], .. RecordedObjects.Code], 0).Status);
    }

    private NtHandle CreateProgram(Guid type)
    {
        CreateProgramRequest request = new()
        {
            Header = new OperationHeader { Length = CreateProgramRequest.TailOffset, Id = EbpfOperationId.CreateProgram },
            ProgramType = type,
            SectionNameOffset = CreateProgramRequest.TailOffset,
            ProgramNameOffset = CreateProgramRequest.TailOffset,
        };
        RawReply reply = _device.Send(0, StructBytes.Of(request), (uint)Unsafe.SizeOf<CreateProgramReply>());
        Expect(reply.Status);
        NtHandle program = MemoryMarshal.Read<CreateProgramReply>(reply.Reply).ProgramHandle;
        LoadCode(program);
        return program;
    }

    /// <summary>Creates a map as the harness does; null if the driver does not implement its type.</summary>
    private NtHandle? CreateMap(EbpfMapDefinition definition)
    {
        CreateMapRequest request = new()
        {
            Header = new OperationHeader { Length = CreateMapRequest.TailOffset, Id = EbpfOperationId.CreateMap },
            EbpfMapDefinition = definition,
            InnerMapHandle = MapTypeTable.Find(definition.Type)!.HoldsMaps ? _template : NtHandle.Invalid,
        };
        RawReply reply = _device.Send(0, StructBytes.Of(request), (uint)Unsafe.SizeOf<CreateMapReply>());
        if (reply.Status == NtStatus.NotSupported)
        {
            return null;
        }

        Expect(reply.Status);
        return MemoryMarshal.Read<CreateMapReply>(reply.Reply).Handle;
    }

    /// <summary>Creates an object and closes it: its id is not reused, its handle is.</summary>
    private void SpendId() => Expect(_gate.NtClose(0, CreateMap(RecordedObjects.Maps[0])!.Value));

    private void AddPlaceholder() => Expect(_device.OpenAnother(out _));

    private bool ClosesDevice(byte[] request) =>
        _device.Open(out NtHandle device).IsSuccess && MemoryMarshal.Read<CloseHandleRequest>(request).Handle == device;
}
