using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Refusals;

// 2xxx and 3xxx: the I/O manager, the driver's dispatch routine, the protocol's dispatch and the validator.
internal static partial class RefusalWays
{
    private static readonly (Check Check, Func<RefusalBench, NtStatus> Way)[] s_driver =
    [
        (CheckTable.DriverControlCode, b => b.User.Send([1], code: new IoControlCode(0x00122404)).Status),
        (CheckTable.DriverInputLength, b => b.User.Send([]).Status),
        (CheckTable.DriverInputHeader, b => b.User.Send(new byte[7]).Status),
        (CheckTable.DriverOperationId, b => b.User.Send(Header((EbpfOperationId)46, 8)).Status),
        (CheckTable.DriverOperationPolicy, b => b
            .Boot(options: EbpfCoreOptions.NativeOnly with { HypervisorCodeIntegrity = true })
            .User.Send(Header(EbpfOperationId.ResolveHelper, 24), 8).Status),
        (CheckTable.DriverPrivilege, WithoutPrivilege),
        (CheckTable.DriverOutputLength, b => b.User.Send(Header(EbpfOperationId.GetNextMapId, 12), 3).Status),
        (CheckTable.DriverMessageMax, b => b.User.Send(new byte[EbpfDevice.MaxMessageBytes + 1], 12).Status),
        (CheckTable.IoProbeInput, b => Probe(b, input: 17)),
        (CheckTable.IoProbeOutput, b => Probe(b, output: 17)),
        (CheckTable.IoProbeStatusBlock, b => Probe(b, block: 15)),
        (CheckTable.IoMethodBuffered, b => b.User.Send([1], code: new IoControlCode(EbpfDevice.ControlCode.Value | 3)).Status),
        (CheckTable.CoreRequestLength, b => b.User.Send(Header(EbpfOperationId.CloseHandle, 15)).Status),
        (CheckTable.CoreReplyLength, b => b.User.Send(Header(EbpfOperationId.GetNextMapId, 12), 13).Status),
        (CheckTable.CoreHeaderLength, b => b.User.Send(Header(EbpfOperationId.CloseHandle, 16, length: 17)).Status),
        (CheckTable.ValidatorMinLength, b => b.User.Send(Header(EbpfOperationId.MapDeleteElement, 16, length: 8)).Status),
        (CheckTable.ValidatorCreateProgramSectionName, b => Names(b, section: 27, program: 28)),
        (CheckTable.ValidatorCreateProgramProgramName, b => Names(b, section: 29, program: 28)),
        (CheckTable.ValidatorLoadCodeCodeType, b => b.User.LoadCode(new NtHandle(4), (EbpfCodeType)4, 1).Status),
        (CheckTable.ValidatorMapUpdateElementOption, b => b.User.NewMap(BpfMapType.Hash).Update(new byte[4], new byte[8], (EbpfMapOption)3).Status),
        (CheckTable.ValidatorMapUpdateElementWithHandleOption, b => b.User
            .NewMap(BpfMapType.Hash).UpdateWithHandle(new byte[4], NtHandle.Invalid, (EbpfMapOption)3).Status),
        (CheckTable.ValidatorMapUpdateElementBatchOption, b => b.User.NewMap(BpfMapType.Hash).UpdateBatch(new byte[12], (EbpfMapOption)3).Status),
        (CheckTable.ValidatorProgramTestRunContextOffset, b => b.User.Send(ContextBehindTheEnd(), 32).Status),
        (CheckTable.ValidatorGetNextPinnedObjectPathType, b => b.User.Send(
            EbpfOperationId.GetNextPinnedObjectPath, new GetNextPinnedObjectPathRequest { Type = (EbpfObjectType)4 }, replyBytes: 32).Status),
    ];

    private static byte[] Header(EbpfOperationId id, int bytes, int? length = null)
    {
        byte[] message = new byte[bytes];
        System.Runtime.InteropServices.MemoryMarshal.Write(message, new OperationHeader { Length = (ushort)(length ?? bytes), Id = id });
        return message;
    }

    private static byte[] ContextBehindTheEnd()
    {
        byte[] message = ProgramUser.TestRunMessage(new NtHandle(4), [], []);
        message[40] = 1;
        return message;
    }

    private static NtStatus Names(RefusalBench bench, ushort section, ushort program) => bench.User.Send(
        EbpfOperationId.CreateProgram,
        new CreateProgramRequest { ProgramType = ProgramTypeTable.Sample, SectionNameOffset = section, ProgramNameOffset = program },
        new byte[4],
        16).Status;

    private static NtStatus WithoutPrivilege(RefusalBench bench)
    {
        EbpfMachine machine = bench.Machine;
        PsProcess ordinary = machine.Machine.Processes.Create(new ProcessOptions { Administrator = false });
        Assert.Equal(NtStatus.Success, machine.User.Process.Handles.Reference(machine.User.Device, out FileObject? device));
        Assert.Equal(NtStatus.Success, ordinary.Handles.Insert(device!, out NtHandle inherited));
        device!.Dereference();
        return new EbpfUser(ordinary).Send(Header(EbpfOperationId.ResolveHelper, 16), 8, device: inherited).Status;
    }

    /// <summary>Sends a request whose buffers end before their lengths do.</summary>
    private static NtStatus Probe(RefusalBench bench, uint input = 16, uint output = 16, uint block = 16)
    {
        ISystemGate gate = bench.User.Gate;
        Assert.True(gate.BeginCall(out ulong request));
        ulong[] places = [gate.Memory.Allocate(16), gate.Memory.Allocate(16), gate.Memory.Allocate(block)];
        NtStatus status = gate.NtDeviceIoControlFile(
            request, bench.User.Device, NtHandle.Invalid, places[2], EbpfDevice.ControlCode,
            new UserRange(places[0], input), new UserRange(places[1], output));
        gate.EndCall(request);
        return status;
    }
}
