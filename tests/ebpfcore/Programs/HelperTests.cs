using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Programs;

/// <summary>Maps as a running program sees them.</summary>
public sealed class HelperTests : IDisposable
{
    private const int Cpus = 4;
    private const ulong Any = 0;
    private const ulong NoExist = 1;
    private const ulong Exist = 2;

    private readonly EbpfMachine _machine = new(Cpus);
    private readonly List<EbpfMap> _referenced = [];

    public void Dispose()
    {
        _referenced.ForEach(map => map.Dereference());
        _machine.Dispose();
    }

    [Fact]
    public void A_program_runs_alone_on_its_processor_at_dispatch_level()
    {
        for (int cpu = 0; cpu < Cpus; cpu++)
        {
            (int Cpu, Irql Irql) seen = default;
            _machine.Driver.RunProgram(cpu, context => seen = (context.Processor, context.Thread.Irql));
            Assert.Equal((cpu, Irql.Dispatch), seen);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => _machine.Driver.RunProgram(Cpus, _ => { }));
    }

    [Fact]
    public void An_absent_key_is_inserted_with_zeros_for_the_other_processors()
    {
        (TestMap map, EbpfMap kernel) = NewMap(BpfMapType.PercpuHash);
        Assert.Equal(0, Update(2, kernel, map.Key(1), 77, Any));
        byte[] value = map.Find(map.Key(1)).Expect(EbpfResult.Success).Tail(8);
        Assert.Equal([0, 0, 77, 0], Slots(value));
    }

    [Theory]
    [InlineData(BpfMapType.PercpuHash)]
    [InlineData(BpfMapType.PercpuArray)]
    public void A_present_key_is_written_in_place_whatever_the_flags_say(BpfMapType type)
    {
        (TestMap map, EbpfMap kernel) = NewMap(type);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        ulong[] slots = Slots(map.Value(1));
        foreach (ulong flags in (ulong[])[Any, NoExist, Exist, 77])
        {
            Assert.Equal(0, Update(1, kernel, map.Key(1), flags + 1000, flags));
            slots[1] = flags + 1000;
            Assert.Equal(slots, Slots(map.Find(map.Key(1)).Tail(8)));
        }
    }

    [Fact]
    public void Flags_decide_when_the_key_of_a_per_cpu_hash_is_absent()
    {
        (TestMap map, EbpfMap kernel) = NewMap(BpfMapType.PercpuHash);
        Assert.Equal(-(int)EbpfResult.KeyNotFound, Update(0, kernel, map.Key(1), 1, Exist));
        Assert.Equal(-(int)EbpfResult.InvalidArgument, Update(0, kernel, map.Key(1), 1, 3));
        map.Find(map.Key(1)).Expect(EbpfResult.ObjectNotFound);
        Assert.Equal(0, Update(0, kernel, map.Key(1), 1, NoExist));
    }

    [Fact]
    public void Flags_decide_in_a_plain_hash_table()
    {
        (TestMap map, EbpfMap kernel) = NewMap(BpfMapType.Hash);
        Assert.Equal(-(int)EbpfResult.KeyNotFound, Update(0, kernel, map.Key(1), 1, Exist));
        Assert.Equal(0, Update(0, kernel, map.Key(1), 1, NoExist));
        Assert.Equal(-(int)EbpfResult.ObjectAlreadyExists, Update(0, kernel, map.Key(1), 2, NoExist));
        Assert.Equal(0, Update(0, kernel, map.Key(1), 3, Exist));
        Assert.Equal(-(int)EbpfResult.InvalidArgument, Update(0, kernel, map.Key(1), 2, 4));
        Assert.Equal([3ul], Slots(map.Find(map.Key(1)).Tail(8)));
    }

    [Theory]
    [InlineData(BpfMapType.Array)]
    [InlineData(BpfMapType.PercpuArray)]
    public void An_index_beyond_an_array_is_an_invalid_argument_to_write_and_nothing_to_find(BpfMapType type)
    {
        (TestMap map, EbpfMap kernel) = NewMap(type, maxEntries: 3);
        Assert.Equal(-(int)EbpfResult.InvalidArgument, Update(0, kernel, map.Key(3), 1, Any));
        Assert.Equal(-(int)EbpfResult.InvalidArgument, Delete(0, kernel, map.Key(3)));
        Assert.Null(Lookup(0, kernel, map.Key(3)));
        Assert.NotNull(Lookup(0, kernel, map.Key(2)));
    }

    [Fact]
    public void Noexist_on_a_plain_array_is_an_invalid_argument()
    {
        (TestMap map, EbpfMap kernel) = NewMap(BpfMapType.Array);
        Assert.Equal(-(int)EbpfResult.InvalidArgument, Update(0, kernel, map.Key(1), 1, NoExist));
        Assert.Equal(0, Update(0, kernel, map.Key(1), 1, 77));
    }

    [Fact]
    public void Each_processor_finds_its_own_slot()
    {
        (TestMap map, EbpfMap kernel) = NewMap(BpfMapType.PercpuHash);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        for (int cpu = 0; cpu < Cpus; cpu++)
        {
            Assert.Equal(map.Value(1)[(cpu * 8)..((cpu * 8) + 8)], Lookup(cpu, kernel, map.Key(1)));
        }

        Assert.Null(Lookup(0, kernel, map.Key(2)));
    }

    [Fact]
    public void A_delete_removes_every_processors_slot()
    {
        (TestMap map, EbpfMap kernel) = NewMap(BpfMapType.PercpuHash);
        map.Fill(2);
        Assert.Equal(0, Delete(3, kernel, map.Key(1)));
        Assert.Equal(-(int)EbpfResult.KeyNotFound, Delete(3, kernel, map.Key(1)));
        map.Find(map.Key(1)).Expect(EbpfResult.ObjectNotFound);

        (TestMap array, EbpfMap kernelArray) = NewMap(BpfMapType.PercpuArray);
        array.Fill(2);
        Assert.Equal(0, Delete(3, kernelArray, array.Key(1)));
        Assert.Equal(new ulong[Cpus], Slots(array.Find(array.Key(1)).Tail(8)));
    }

    [Fact]
    public unsafe void Lookup_and_delete_hands_out_a_value_that_is_no_longer_in_the_map()
    {
        (TestMap map, EbpfMap kernel) = NewMap(BpfMapType.PercpuHash);
        map.Update(map.Key(1), map.Value(1)).Expect(EbpfResult.Success);
        ulong taken = 0;
        bool again = true;
        _machine.Driver.RunProgram(2, context =>
        {
            uint key = 1;
            taken = *(ulong*)context.MapLookupAndDeleteElem(kernel, (byte*)&key);
            again = context.MapLookupAndDeleteElem(kernel, (byte*)&key) != null;
        });
        Assert.Equal(Slots(map.Value(1))[2], taken);
        Assert.False(again);
        map.Find(map.Key(1)).Expect(EbpfResult.ObjectNotFound);
    }

    [Fact]
    public void Spans_of_the_wrong_length_are_a_mistake_of_the_csharp_around_a_program()
    {
        (_, EbpfMap kernel) = NewMap(BpfMapType.PercpuHash);
        Exception? thrown = null;
        _machine.Driver.RunProgram(0, context =>
        {
            try
            {
                context.MapUpdateElem(kernel, [1, 2, 3], new byte[8]);
            }
            catch (ArgumentException e)
            {
                thrown = e;
            }
        });
        Assert.Contains("4 bytes", thrown!.Message, StringComparison.Ordinal);
        Assert.Contains("3 were given", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void A_helper_makes_no_garbage()
    {
        (_, EbpfMap kernel) = NewMap(BpfMapType.PercpuHash);
        long allocated = -1;
        Action<EbpfProgramContext> program = context =>
        {
            uint key = 7;
            ulong value = 1;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                context.MapUpdateElem(kernel, (byte*)&key, (byte*)&value);
                *(ulong*)context.MapLookupElem(kernel, (byte*)&key) += 1;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        };
        _machine.Driver.RunProgram(0, program);
        _machine.Driver.RunProgram(0, program);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Bytes_and_strings_are_for_the_helpers_as_spans()
    {
        List<int> answers = [];
        byte[] bytes = [1, 2, 3, 4, 5];
        byte[] text = new byte[6];
        _machine.Driver.RunProgram(0, context =>
        {
            answers.Add(context.MemmoveS(bytes.AsSpan(1), bytes.AsSpan(0, 4)));
            answers.Add(context.MemcpyS(bytes.AsSpan(0, 1), [9, 9]));
            context.Memset(bytes.AsSpan(3), 0xEE);
            answers.Add(context.StrncpyS(text, "ab"u8));
            answers.Add(context.StrncatS(text, "cd\0ef"u8));
            answers.Add(context.StrnlenS(text));
            answers.Add(context.StrncatS(text, "efg"u8));
            answers.Add(context.StrncpyS(default, "x"u8));
            answers.Add(context.MemcmpS("ab"u8, "abc"u8));
        });
        Assert.Equal([1, 1, 2, 0xEE, 0xEE], bytes);
        Assert.Equal("abcde\0"u8.ToArray(), text);
        Assert.Equal([0, -22, 0, 0, 4, unchecked((int)0x80000005), unchecked((int)0xC000000D), -1], answers);
    }

    [Fact]
    public void A_map_can_be_referenced_by_handle_and_by_id_and_nothing_else_can()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.Hash, name: "mine");
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(2, out EbpfMap? byId));
        Assert.Equal("mine", byId!.Name);
        Assert.Equal(2, byId.ReferenceCount);
        Assert.Equal(1, byId.UserReferenceCount);
        byId.Dereference();
        Assert.Equal(EbpfResult.KeyNotFound, _machine.Driver.ReferenceMap(3, out _));
        Assert.Equal(EbpfResult.InvalidObject, _machine.Driver.ReferenceMap(_machine.User.Process, _machine.User.Device, out EbpfMap? none));
        Assert.Null(none);
        Assert.Equal(1, byId.ReferenceCount);
        Assert.NotNull(map);
    }

    private (TestMap Map, EbpfMap Kernel) NewMap(BpfMapType type, uint maxEntries = 16)
    {
        TestMap map = _machine.User.NewMap(type, maxEntries: maxEntries);
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(_machine.User.Process, map.Handle, out EbpfMap? kernel));
        _referenced.Add(kernel!);
        return (map, kernel!);
    }

    private int Update(int cpu, EbpfMap map, byte[] key, ulong value, ulong flags)
    {
        int result = 1;
        _machine.Driver.RunProgram(cpu, context => result = context.MapUpdateElem(map, key, BitConverter.GetBytes(value), flags));
        return result;
    }

    private int Delete(int cpu, EbpfMap map, byte[] key)
    {
        int result = 1;
        _machine.Driver.RunProgram(cpu, context => result = context.MapDeleteElem(map, key));
        return result;
    }

    private byte[]? Lookup(int cpu, EbpfMap map, byte[] key)
    {
        byte[]? found = null;
        _machine.Driver.RunProgram(cpu, context =>
        {
            Span<byte> value = context.MapLookupElem(map, key);
            found = value.IsEmpty ? null : value.ToArray();
        });
        return found;
    }

    private static ulong[] Slots(byte[] value) => [.. value.Chunk(8).Select(s => BitConverter.ToUInt64(s))];
}
