using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Tests.Links;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Samples.SampleExt;

namespace KernelSim.EbpfCore.Tests.Rings;

/// <summary>Helpers 11 and 32 as a program calls them.</summary>
public sealed class RingHelperTests : IDisposable
{
    private const ulong Current = 0xFFFF_FFFF;
    private const int Cpus = 4;

    private readonly EbpfMachine _machine = new(Cpus);
    private readonly NtHandle _ringHandle;
    private readonly NtHandle _perfHandle;
    private readonly EbpfMap _ring;
    private readonly EbpfMap _perf;

    public RingHelperTests()
    {
        _ringHandle = _machine.User.NewMap(BpfMapType.Ringbuf, keySize: 0, maxEntries: 4096).Handle;
        _perfHandle = _machine.User.NewMap(BpfMapType.PerfEventArray, keySize: 0, maxEntries: 4096).Handle;
        _machine.Driver.ReferenceMap(_machine.User.Process, _ringHandle, out EbpfMap? ring);
        _machine.Driver.ReferenceMap(_machine.User.Process, _perfHandle, out EbpfMap? perf);
        (_ring, _perf) = (ring!, perf!);
    }

    /// <summary>flags, on CPU 2, context data there, result, payload.</summary>
    public static TheoryData<ulong, int, EbpfResult, string> Captures => new()
    {
        { Current, 0, EbpfResult.Success, "010203" },
        { 2, 0, EbpfResult.Success, "010203" },
        { 1, 0, EbpfResult.InvalidArgument, "" },
        { 4, 0, EbpfResult.InvalidArgument, "" },
        { 0xFFFF_FFFE, 0, EbpfResult.InvalidArgument, "" },
        { Current | (4UL << 32), 0, EbpfResult.OperationNotSupported, "" },
        { Current | (4UL << 32), 3, EbpfResult.InvalidArgument, "" },
        { Current | (4UL << 32), 4, EbpfResult.Success, "010203a0a1a2a3" },
        { 2 | (1UL << 32), 4, EbpfResult.Success, "010203a0" },
        { 1 | (5UL << 32), 4, EbpfResult.InvalidArgument, "" },
        { Current | (1UL << 52), 0, EbpfResult.Success, "010203" },
    };

    public void Dispose()
    {
        _ring.Dereference();
        _perf.Dereference();
        _machine.Dispose();
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Perf_output_goes_by_its_flags(ulong flags, int contextBytes, EbpfResult expected, string payload)
    {
        byte[] context = [.. Enumerable.Range(0, contextBytes).Select(i => (byte)(0xA0 + i))];
        int result = 0;
        _machine.Driver.RunProgram(2, c => result = c.PerfEventOutput(_perf, flags, [1, 2, 3], context));
        Assert.Equal(-(int)expected, result);
        TestRing ring = new(_machine.User, _perfHandle, 2);
        List<byte[]> records = ring.Consume();
        Assert.Equal(payload, string.Concat(records.Select(Convert.ToHexStringLower)));
        Assert.Equal(0u, ring.LostRecords);
    }

    [Fact]
    public unsafe void A_size_that_comes_out_small_with_what_is_captured_is_an_overflow_and_no_record()
    {
        using LinkMachine machine = new();
        NtHandle map = machine.User.NewMap(BpfMapType.PerfEventArray, keySize: 0, maxEntries: 4096).Handle;
        ulong register = 0;
        ulong size = unchecked(0ul - 8);
        NtHandle program = machine.Program(BpfAttachType.Sample, (in call) =>
        {
            byte* data = stackalloc byte[16];
            return (long)call.Invoke(32, (ulong)call.Context, register, Current | (24UL << 32), (ulong)data, size);
        });
        register = BitConverter.ToUInt64(machine.User.ResolveMaps(program, map).Expect(EbpfResult.Success).Bytes, 8);
        NtHandle link = machine.Link(program, BpfAttachType.Sample);
        SampleProgramContext context = default;
        Assert.Equal(EbpfResult.Success, machine.Sample.Invoke(0, ref context, new byte[32], out uint result));
        Assert.Equal(-(int)EbpfResult.ArithmeticOverflow, (int)result);
        size = 16;
        Assert.Equal(EbpfResult.Success, machine.Sample.Invoke(0, ref context, new byte[32], out result));
        Assert.Equal(0u, result);
        TestRing[] rings = [new(machine.User, map, 0), new(machine.User, map, 1)];
        Assert.Equal(48, rings.Sum(ring => (long)ring.ProducerOffset));
        Assert.Equal(0, rings.Sum(ring => (long)ring.LostRecords));
        machine.Unlink(link).Expect(EbpfResult.Success);
    }

    [Fact]
    public void Perf_output_that_finds_no_room_counts_on_its_own_processor()
    {
        for (int cpu = 0; cpu < Cpus; cpu++)
        {
            int processor = cpu;
            _machine.Driver.RunProgram(cpu, c =>
            {
                Assert.Equal(0, c.PerfEventOutput(_perf, Current, new byte[4088]));
                for (int i = 0; i < processor; i++)
                {
                    Assert.Equal(-(int)EbpfResult.NoMemory, c.PerfEventOutput(_perf, Current, [1]));
                }
            });
        }

        for (uint cpu = 0; cpu < Cpus; cpu++)
        {
            Assert.Equal(cpu, new TestRing(_machine.User, _perfHandle, cpu).LostRecords);
        }
    }

    [Fact]
    public void Ring_output_ignores_its_flags_and_answers_the_negative_result()
    {
        _machine.Driver.RunProgram(0, c =>
        {
            Assert.Equal(0, c.RingbufOutput(_ring, [1], flags: ulong.MaxValue));
            Assert.Equal(-(int)EbpfResult.InvalidArgument, c.RingbufOutput(_ring, []));
            Assert.Equal(-(int)EbpfResult.InvalidArgument, c.RingbufOutput(_ring, new byte[4089]));
            Assert.Equal(-(int)EbpfResult.NoMemory, c.RingbufOutput(_ring, new byte[4088]));
        });
        Assert.Equal([1], Assert.Single(new TestRing(_machine.User, _ringHandle).Consume()));
    }

    [Fact]
    public void A_map_of_another_type_takes_no_records()
    {
        _machine.User.NewMap(BpfMapType.Hash);
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(4, out EbpfMap? hash));
        _machine.Driver.RunProgram(0, c =>
        {
            Assert.Equal(-(int)EbpfResult.OperationNotSupported, c.RingbufOutput(hash!, [1]));
            Assert.Equal(-(int)EbpfResult.OperationNotSupported, c.PerfEventOutput(hash!, Current, [1]));
            Assert.Equal(-(int)EbpfResult.InvalidArgument, c.RingbufOutput(_perf, [1]));
            Assert.Equal(-(int)EbpfResult.InvalidArgument, c.PerfEventOutput(_ring, Current, [1]));
            Assert.True(c.MapLookupElem(_ring, []).IsEmpty);
        });
        hash!.Dereference();
    }

    [Fact]
    public void Output_makes_no_garbage()
    {
        byte[] data = new byte[24];
        TestRing ring = new(_machine.User, _ringHandle);
        long allocated = -1;
        _machine.Driver.RunProgram(0, c =>
        {
            c.RingbufOutput(_ring, data);
            c.PerfEventOutput(_perf, Current, data);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++)
            {
                c.RingbufOutput(_ring, data);
                c.PerfEventOutput(_perf, Current, data);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal(0, allocated);
        Assert.Equal(51, ring.Consume().Count);
    }

    [Fact]
    public void Writers_on_all_processors_and_a_reader_lose_and_reorder_nothing()
    {
        const int PerWriter = 5_000;
        TestRing ring = new(_machine.User, _ringHandle);
        int[] next = new int[Cpus];
        void Write(int cpu)
        {
            for (int i = 0; i < PerWriter;)
            {
                byte[] data = new byte[8 + (i % 90)];
                BitConverter.TryWriteBytes(data, cpu);
                BitConverter.TryWriteBytes(data.AsSpan(4), i);
                data.AsSpan(8).Fill((byte)(cpu + i));
                int result = -1;
                _machine.Driver.RunProgram(cpu, c => result = c.RingbufOutput(_ring, data));
                i += result == 0 ? 1 : 0;
                if (result != 0)
                {
                    Thread.Yield();
                }
            }
        }

        void Read()
        {
            for (int seen = 0; seen < Cpus * PerWriter;)
            {
                List<byte[]> records = ring.Consume();
                foreach (byte[] record in records)
                {
                    int cpu = BitConverter.ToInt32(record);
                    int number = BitConverter.ToInt32(record, 4);
                    Assert.Equal(next[cpu]++, number);
                    Assert.Equal(8 + (number % 90), record.Length);
                    Assert.Equal(-1, record.AsSpan(8).IndexOfAnyExcept((byte)(cpu + number)));
                }

                seen += records.Count;
                if (records.Count == 0)
                {
                    Thread.Yield();
                }
            }
        }

        HostThreads.Run([Read, .. Enumerable.Range(0, Cpus).Select(cpu => (Action)(() => Write(cpu)))]);
        Assert.All(next, n => Assert.Equal(PerWriter, n));
    }
}
