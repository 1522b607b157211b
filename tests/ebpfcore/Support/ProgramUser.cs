using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>The requests about programs, written by hand.</summary>
internal static class ProgramUser
{
    public static Answer CreateProgram(this EbpfUser user, Guid type, string name = "p", string section = "s", string file = "f")
    {
        byte[] fileBytes = Encoding.UTF8.GetBytes(file);
        byte[] sectionBytes = Encoding.UTF8.GetBytes(section);
        int sectionOffset = CreateProgramRequest.TailOffset + fileBytes.Length;
        return user.Send(
            EbpfOperationId.CreateProgram,
            new CreateProgramRequest
            {
                ProgramType = type,
                SectionNameOffset = (ushort)sectionOffset,
                ProgramNameOffset = (ushort)(sectionOffset + sectionBytes.Length),
            },
            [.. fileBytes, .. sectionBytes, .. Encoding.UTF8.GetBytes(name)],
            16);
    }

    /// <summary>Creates a program that must come to be.</summary>
    public static NtHandle NewProgram(this EbpfUser user, Guid? type = null, string name = "p") =>
        user.CreateProgram(type ?? ProgramTypeTable.Sample, name).Expect(EbpfResult.Success).As<CreateProgramReply>().ProgramHandle;

    public static Answer LoadCode(this EbpfUser user, NtHandle program, EbpfCodeType type, params byte[] code) =>
        user.Send(EbpfOperationId.LoadCode, new LoadCodeRequest { ProgramHandle = program, CodeType = type }, code);

    public static Answer ResolveHelpers(this EbpfUser user, NtHandle program, params uint[] ids) =>
        user.Send(
            EbpfOperationId.ResolveHelper,
            new ResolveHelperRequest { ProgramHandle = program },
            MemoryMarshal.AsBytes<uint>(ids),
            8 + (16 * ids.Length));

    public static Answer ResolveMaps(this EbpfUser user, NtHandle program, params NtHandle[] maps) =>
        user.Send(
            EbpfOperationId.ResolveMap,
            new ResolveMapRequest { ProgramHandle = program },
            MemoryMarshal.AsBytes<NtHandle>(maps),
            8 + (8 * maps.Length));

    public static Answer BindMap(this EbpfUser user, NtHandle program, NtHandle map) =>
        user.Send(EbpfOperationId.BindMap, new BindMapRequest { ProgramHandle = program, MapHandle = map });

    public static Answer ProgramInfo(this EbpfUser user, NtHandle program, BpfProgInfo info = default, int room = 128) =>
        user.Send(
            EbpfOperationId.GetObjectInfo,
            new GetObjectInfoRequest { Handle = program },
            MemoryMarshal.AsBytes(new ReadOnlySpan<BpfProgInfo>(in info)),
            12 + room);

    public static Answer DescribeType(this EbpfUser user, Guid type, NtHandle? program = null, int room = 8192) =>
        user.Send(
            EbpfOperationId.GetProgramInfo,
            new GetProgramInfoRequest { ProgramType = type, ProgramHandle = program ?? NtHandle.Invalid },
            replyBytes: 24 + room);

    public static BpfProgInfo AsProgramInfo(this Answer answer) => MemoryMarshal.Read<BpfProgInfo>(answer.Bytes.AsSpan(12));

    public static Answer TestRun(
        this EbpfUser user, NtHandle program, byte[] data, byte[] context, int reply, ulong repeat = 1, ulong batch = 0, uint cpu = 0) =>
        user.Send(TestRunMessage(program, data, context, repeat, batch, cpu), reply);

    public static byte[] TestRunMessage(NtHandle program, byte[] data, byte[] context, ulong repeat = 1, ulong batch = 0, uint cpu = 0)
    {
        ProgramTestRunRequest request = new()
        {
            Header = new OperationHeader
            {
                Length = (ushort)(ProgramTestRunRequest.TailOffset + data.Length + context.Length),
                Id = EbpfOperationId.ProgramTestRun,
            },
            ProgramHandle = program,
            RepeatCount = repeat,
            BatchSize = batch,
            Cpu = cpu,
            ContextOffset = (ushort)data.Length,
        };
        ReadOnlySpan<byte> fixedPart = MemoryMarshal.AsBytes(new ReadOnlySpan<ProgramTestRunRequest>(in request))[..ProgramTestRunRequest.TailOffset];
        return [.. fixedPart, .. data, .. context];
    }
}
