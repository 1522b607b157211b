using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Tests.Native;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.NetEbpfExt;
using KernelSim.Nt;
using KernelSim.Nt.Images;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Samples.SampleExt;

namespace KernelSim.EbpfCore.Tests.Stress;

/// <summary>Requests about programs, links, modules and pins that make half sense, and the same with little memory.</summary>
public class ProgramFuzzTests
{
    private const int RepeatOffset = 16;

    private static readonly DriverImage s_module = NativeModuleImage.Compile(typeof(CounterModule), "counter.sys");
    private static readonly byte[] s_hash = SHA256.HashData(s_module.Contents.Span);

    private static readonly EbpfOperationId[] s_operations =
    [
        .. Enum.GetValues<EbpfOperationId>().Where(id =>
            id is < EbpfOperationId.CreateMap or EbpfOperationId.LoadCode or EbpfOperationId.BindMap
                or (>= EbpfOperationId.QueryProgramInfo and <= EbpfOperationId.GetNextPinnedProgramPath)
                or (>= EbpfOperationId.LoadNativeModule and <= EbpfOperationId.ProgramTestRun)
                or (>= EbpfOperationId.ProgramSetFlags and <= EbpfOperationId.GetCodeIntegrityState)
                or >= EbpfOperationId.EpochSynchronize),
    ];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 5)]
    public void Whatever_is_asked_of_programs_links_and_modules_the_machine_goes_on_and_nothing_is_left_behind(int seed, int cpus)
    {
        using EbpfMachine machine = new(cpus, machine: new MachineOptions { PoolLimit = 64 << 20 });
        Random random = new(seed);
        LoadExtensions(machine);
        Guid[] modules = [.. Enumerable.Range(1, 12).Select(i => new Guid(i, 0, 0, new byte[8]))];
        Array.ForEach(modules, id => machine.NewService(NativeModuleImage.Compile(typeof(CounterModule), $"{id}.sys"), id));
        List<Guid> guids = [Guid.Empty, ProgramTypeTable.Xdp, .. modules];
        for (int i = 0; i < 6; i++)
        {
            guids.AddRange([ProgramTypeTable.Sample, AttachTypeTable.Find(BpfAttachType.Sample)!.Id]);
        }

        guids.AddRange(AttachTypeTable.All.ToArray().Select(row => row.Id));
        EbpfUser[] users = [machine.User, machine.NewUser()];
        List<long>[] handles = [[-1, 0, 5], [-1, 0, 5]];
        foreach (BpfMapType type in new[] { BpfMapType.Array, BpfMapType.PercpuHash, BpfMapType.ProgArray, BpfMapType.Ringbuf })
        {
            (uint key, uint value, uint entries) = type switch
            {
                BpfMapType.Ringbuf => (0u, 0u, 65536u),
                BpfMapType.ProgArray => (4u, 4u, 4u),
                _ => (4u, 8u, 4u),
            };
            handles[0].Add(users[0].NewMap(type, key, value, entries).Handle.Value);
            handles[1].Add(users[1].NewMap(type, key, value, entries).Handle.Value);
        }

        List<uint> ids = [2, 3];
        Dictionary<EbpfOperationId, int> succeeded = [];
        for (int i = 0; i < 12_000; i++)
        {
            int user = random.Next(users.Length);

            // There are few links among the handles: this one is asked more often, so that it meets one.
            EbpfOperationId operation = i % 20 == 0 ? EbpfOperationId.LinkSetLegacyMode : s_operations[random.Next(s_operations.Length)];
            byte[] message = Message(random, operation, guids, handles[user], ids);
            int least = OperationTable.Find(operation)!.Reply.Minimum;
            int room = random.Next(8) switch
            {
                0 => random.Next(least + 1),
                < 5 => least,
                _ => least + random.Next(200),
            };
            room = operation is EbpfOperationId.LoadNativePrograms or EbpfOperationId.GetProgramInfo or EbpfOperationId.ProgramTestRun
                or EbpfOperationId.ResolveMap or EbpfOperationId.GetPinnedMapInfo && random.Next(3) > 0 ? 8192 : room;
            Answer answer = users[user].Send(message, room);
            Assert.Null(machine.Machine.StopRecord);
            if (answer.Status == NtStatus.Success)
            {
                succeeded[operation] = succeeded.GetValueOrDefault(operation) + 1;
                Remember(operation, answer, handles[user], ids);
            }

            if (i % 1000 == 999)
            {
                machine.Machine.Clock.Advance(TimeSpan.FromSeconds(3));
            }
        }

        // Every operation has been understood at least once, or this asks nothing.
        Assert.Empty(s_operations.Except(succeeded.Keys));
    }

    [Fact]
    public void However_little_pool_there_is_programs_links_and_modules_come_to_be_or_do_not_and_nothing_leaks()
    {
        for (long limit = 0; limit < 600_000; limit += Math.Max(200, limit / 12))
        {
            Machine machine = Machine.Boot(new MachineOptions { Processors = 2, PoolLimit = limit });
            if (machine.LoadDriver(new EbpfCoreDriver(), out _).IsSuccess && machine.LoadDriver(new SampleExtDriver(), out _).IsSuccess)
            {
                EbpfUser user = new(machine.Processes.Create());
                Answer program = user.CreateProgram(ProgramTypeTable.Sample);
                NtHandle handle = program.Status.IsSuccess ? program.As<CreateProgramReply>().ProgramHandle : NtHandle.Invalid;
                user.LoadCode(handle, EbpfCodeType.Jit, new byte[300]);
                user.Send(
                    EbpfOperationId.LinkProgram,
                    new LinkProgramRequest { ProgramHandle = handle, AttachType = AttachTypeTable.Find(BpfAttachType.Sample)!.Id },
                    new byte[500],
                    16);
                user.TestRun(handle, new byte[700], new byte[32], 32 + 700 + 32, repeat: 3);
                machine.Images.Install(s_module);
                Guid id = new(1, 2, 3, new byte[8]);
                machine.Services.Create("module", s_module.Path, id);
                user.Authorize(id, s_module.Contents.Span);
                user.LoadModule("module", id);
                user.LoadPrograms(id, 7);
                user.DescribeType(ProgramTypeTable.Sample);
            }

            Assert.Null(machine.StopRecord);
            ShutdownReport report = machine.Shutdown();
            machine.Dispose();
            Assert.Empty(report.Leaks);
        }
    }

    private static void LoadExtensions(EbpfMachine machine)
    {
        Assert.Equal(NtStatus.Success, machine.Machine.LoadDriver(new NetEbpfExtDriver(), out _));
        Assert.Equal(NtStatus.Success, machine.Machine.LoadDriver(new SampleExtDriver(), out _));
    }

    /// <summary>A message of about the right length, whose fields are handles and GUIDs that mean something, or are anything.</summary>
    private static byte[] Message(Random random, EbpfOperationId operation, List<Guid> guids, List<long> handles, List<uint> ids)
    {
        MessageShape shape = OperationTable.Find(operation)!.Request;
        int tail = shape.Kind == MessageKind.Fixed || random.Next(3) == 0 ? 0 : random.Next(40);
        byte[] message = new byte[shape.Minimum + tail];
        if (random.Next(2) == 0)
        {
            random.NextBytes(message);
        }

        for (int at = 8; at + 8 <= message.Length; at += 8)
        {
            BitConverter.TryWriteBytes(message.AsSpan(at), random.Next(4) == 0 ? (2 * random.Next(40)) + 1 : handles[random.Next(handles.Count)]);
        }

        int guid = operation switch
        {
            EbpfOperationId.CreateProgram or EbpfOperationId.GetProgramInfo or EbpfOperationId.LoadNativeModule
                or EbpfOperationId.LoadNativePrograms or EbpfOperationId.AuthorizeNativeModule => 8,
            EbpfOperationId.LinkProgram => 16,
            EbpfOperationId.UnlinkProgram => 24,
            _ => 0,
        };
        if (guid != 0)
        {
            guids[random.Next(guids.Count)].TryWriteBytes(message.AsSpan(guid));
        }

        switch (operation)
        {
            case EbpfOperationId.CreateProgram:
                BitConverter.TryWriteBytes(message.AsSpan(24), (ushort)(28 + random.Next(tail + 1)));
                BitConverter.TryWriteBytes(message.AsSpan(26), (ushort)message.Length);
                break;
            case EbpfOperationId.LoadCode:
                BitConverter.TryWriteBytes(message.AsSpan(16), random.Next(4) == 0 ? random.Next(4) : (int)EbpfCodeType.Jit);
                break;
            case EbpfOperationId.ResolveHelper:
                for (int at = 16; at + 4 <= message.Length; at += 4)
                {
                    BitConverter.TryWriteBytes(message.AsSpan(at), (at / 4) - 3 + random.Next(3));
                }

                break;
            case >= EbpfOperationId.GetLinkHandleById and <= EbpfOperationId.GetNextProgramId:
                BitConverter.TryWriteBytes(message.AsSpan(8), random.Next(4) == 0 ? (uint)random.Next(9) : ids[random.Next(ids.Count)]);
                break;
            case EbpfOperationId.ResolveMap:
                message = [.. message.AsSpan(0, 16), .. BitConverter.GetBytes(handles[random.Next(handles.Count)])];
                break;
            case EbpfOperationId.GetEcFunction:
                BitConverter.TryWriteBytes(message.AsSpan(8), random.Next(2));
                break;
            case EbpfOperationId.UpdatePinning or EbpfOperationId.GetPinnedObject when message.Length > 16:
                message.AsSpan(operation == EbpfOperationId.UpdatePinning ? 16 : 8).Fill((byte)'a');
                break;
            case EbpfOperationId.LoadNativeModule:
                message = [.. message.AsSpan(0, 24), .. Encoding.Unicode.GetBytes(new Guid(message.AsSpan(8, 16)).ToString())];
                break;
            case EbpfOperationId.AuthorizeNativeModule:
                s_hash.CopyTo(message.AsSpan(24));
                break;
            case EbpfOperationId.ProgramTestRun:
                message = TestRun(random, handles);
                break;
        }

        int length = random.Next(10) == 0 ? random.Next(message.Length + 9) : message.Length;
        MemoryMarshal.Write(message, new OperationHeader { Length = (ushort)length, Id = operation });
        return message;
    }

    private static byte[] TestRun(Random random, List<long> handles)
    {
        byte[] message = ProgramUser.TestRunMessage(
            new NtHandle(handles[random.Next(handles.Count)]),
            new byte[random.Next(3) * random.Next(50)],
            new byte[random.Next(3) * 32],
            repeat: (ulong)random.Next(30),
            batch: (ulong)random.Next(4),
            cpu: (uint)(random.Next(4) / 3 * random.Next(6)));
        Assert.InRange(BitConverter.ToUInt64(message, RepeatOffset), 0ul, 30ul); // or it would run for years
        return message;
    }

    private static void Remember(EbpfOperationId operation, Answer answer, List<long> handles, List<uint> ids)
    {
        switch (operation)
        {
            case EbpfOperationId.CreateProgram or EbpfOperationId.LinkProgram or EbpfOperationId.GetPinnedObject
                or EbpfOperationId.LoadNativeModule
                or (>= EbpfOperationId.GetLinkHandleById and <= EbpfOperationId.GetProgramHandleById):
                handles.Add(BitConverter.ToInt64(answer.Bytes, 8));
                break;
            case >= EbpfOperationId.GetNextLinkId and <= EbpfOperationId.GetNextProgramId:
                ids.Add(BitConverter.ToUInt32(answer.Bytes, 8));
                break;
            case EbpfOperationId.LoadNativePrograms:
                handles.AddRange(answer.Handles().Take(7).Select(h => h.Value));
                break;
        }

        if (handles.Count > 40)
        {
            handles.RemoveRange(7, 20);
        }

        if (ids.Count > 12)
        {
            ids.RemoveRange(0, 6);
        }
    }
}
