using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Queues and stacks: push, pop and peek from both sides, and what they have not.</summary>
public class CircularTests
{
    private const ulong Exist = 2;

    [Theory]
    [MemberData(nameof(MapTypes.Circular), MemberType = typeof(MapTypes))]
    public void Values_come_out_in_the_order_of_the_type(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, keySize: 0, maxEntries: 5);
        for (int round = 0; round < 4; round++)
        {
            map.Find([]).Expect(EbpfResult.ObjectNotFound);
            map.Find([], delete: true).Expect(EbpfResult.ObjectNotFound);
            for (int i = 0; i < 5; i++)
            {
                map.Update([], map.Value(i)).Expect(EbpfResult.Success);
            }

            foreach (int i in Order(type, [0, 1, 2, 3, 4]))
            {
                Assert.Equal(map.Value(i), map.Find([]).Expect(EbpfResult.Success).Tail(8));
                Assert.Equal(map.Value(i), map.Find([]).Expect(EbpfResult.Success).Tail(8));
                Assert.Equal(map.Value(i), map.Find([], delete: true).Expect(EbpfResult.Success).Tail(8));
            }
        }
    }

    [Theory]
    [MemberData(nameof(MapTypes.Circular), MemberType = typeof(MapTypes))]
    public void A_full_map_refuses_unless_it_may_drop_its_oldest(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, keySize: 0, maxEntries: 3);
        using ProgramMap program = new(machine, map);
        for (int i = 0; i < 3; i++)
        {
            map.Update([], map.Value(i), (EbpfMapOption)i).Expect(EbpfResult.Success);
        }

        map.Update([], map.Value(9)).ExpectRefusal(CheckTable.MapCircularFull, 3, 2);
        map.Update([], map.Value(9), EbpfMapOption.NoExist).ExpectRefusal(CheckTable.MapCircularFull, 3, 2);
        Assert.Equal(-(int)EbpfResult.OutOfSpace, program.Push(0, map.Value(9), flags: 0xFFFF_FFFD));
        Assert.Equal(-(int)EbpfResult.OutOfSpace, program.Push(0, map.Value(9)));
        Assert.Equal(-29, program.Push(0, map.Value(9), flags: 1));
        map.Update([], map.Value(3), EbpfMapOption.Exist).Expect(EbpfResult.Success);
        Assert.Equal(0, program.Update(0, [], map.Value(4), flags: 7));
        Assert.Equal(0, program.Push(1, map.Value(5), Exist));
        Assert.Equal(Order(type, [3, 4, 5]).Select(map.Value), Drain(map));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Circular), MemberType = typeof(MapTypes))]
    public void A_program_pushes_peeks_and_pops(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 3);
        TestMap map = machine.User.NewMap(type, keySize: 0, valueSize: 12, maxEntries: 4);
        using ProgramMap program = new(machine, map);
        byte[] value = new byte[12];
        Assert.Equal(-(int)EbpfResult.ObjectNotFound, program.Pop(0, value));
        Assert.Equal(-7, program.Pop(0, value, delete: false));
        Assert.Null(program.Lookup(0, []));
        Assert.Null(program.Lookup(0, [], delete: true));
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(0, i < 2 ? program.Push(i, map.Value(i)) : program.Update(i - 1, [], map.Value(i)));
        }

        int[] order = [.. Order(type, [0, 1, 2, 3])];
        Assert.Equal(0, program.Pop(2, value, delete: false));
        Assert.Equal(map.Value(order[0]), value);
        Assert.Equal(map.Value(order[0]), program.Lookup(1, []));
        Assert.Equal(map.Value(order[0]), program.Lookup(1, [], delete: true));
        Assert.Equal(0, program.Pop(0, value));
        Assert.Equal(map.Value(order[1]), value);
        Assert.Equal(map.Value(order[2]), map.Find([], delete: true).Tail(8));
        Assert.Equal(-(int)EbpfResult.OperationNotSupported, program.Delete(0, []));
        Assert.Equal([map.Value(order[3])], Drain(map));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Circular), MemberType = typeof(MapTypes))]
    public void What_a_program_peeked_at_stays_although_it_is_popped_and_its_place_is_used_again(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, keySize: 0, maxEntries: 1);
        using ProgramMap program = new(machine, map);
        map.Update([], map.Value(1)).Expect(EbpfResult.Success);
        machine.Driver.RunProgram(0, context =>
        {
            Span<byte> seen = context.MapLookupElem(program.Kernel, []);
            for (int i = 2; i < 50; i++)
            {
                Assert.False(context.MapLookupAndDeleteElem(program.Kernel, []).IsEmpty);
                Assert.Equal(0, context.MapPushElem(program.Kernel, map.Value(i)));
            }

            Assert.Equal(map.Value(1), seen.ToArray());
        });
    }

    [Theory]
    [MemberData(nameof(MapTypes.Circular), MemberType = typeof(MapTypes))]
    public unsafe void A_push_of_nothing_is_an_invalid_argument(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, keySize: 0);
        using ProgramMap program = new(machine, map);
        int result = 0;
        machine.Driver.RunProgram(0, context => result = context.MapPushElem(program.Kernel, (byte*)null));
        Assert.Equal(-(int)EbpfResult.InvalidArgument, result);
        map.Find([]).Expect(EbpfResult.ObjectNotFound);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Circular), MemberType = typeof(MapTypes))]
    public void Many_values_are_pushed_in_one_message_and_nothing_else_goes_in_batches(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, keySize: 0, maxEntries: 3);
        map.UpdateBatch([([], map.Value(0)), ([], map.Value(1))]).Expect(EbpfResult.Success);
        map.UpdateBatch([([], map.Value(2)), ([], map.Value(3))]).Expect(EbpfResult.OutOfSpace);
        map.UpdateBatch([([], map.Value(4)), ([], map.Value(5))], EbpfMapOption.Exist).Expect(EbpfResult.Success);
        Assert.Equal(Order(type, [2, 4, 5]).Select(map.Value), Drain(map));
        map.DeleteBatch(default(ReadOnlySpan<byte>)).ExpectRefusal(CheckTable.MapDeleteBatchKeySize, 0, 1);
        map.GetBatch(1).ExpectRefusal(CheckTable.MapGetBatchSupported, (uint)type, 0);
        map.GetBatch(1, delete: true).ExpectRefusal(CheckTable.MapGetBatchSupported, (uint)type, 0);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Circular), MemberType = typeof(MapTypes))]
    public void What_needs_a_key_is_refused_by_name_after_the_sizes(BpfMapType type)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type, keySize: 0);
        long number = (uint)type;
        map.Update([], map.Value(1)).Expect(EbpfResult.Success);
        map.Delete([]).ExpectRefusal(CheckTable.MapDeleteSupported, number, 0);
        map.Delete([1]).ExpectRefusal(CheckTable.MapDeleteKeySize, 1, 0);
        map.NextKey([]).ExpectRefusal(CheckTable.MapNextKeySupported, number, 0);
        map.NextKey([1]).ExpectRefusal(CheckTable.MapNextKeyPreviousSize, 1, 0);
        map.NextKey([], room: 4).ExpectRefusal(CheckTable.MapNextKeyRoom, 4, 0);
        map.UpdateWithHandle([], NtHandle.Invalid).ExpectRefusal(CheckTable.MapUpdateWithHandleSupported, number, 0);
        map.Find([1]).ExpectRefusal(CheckTable.MapFindKeySize, 1, 0);
        map.Find([], room: 4).ExpectRefusal(CheckTable.MapFindValueSize, 4, 8);
        map.Update([], new byte[9]).ExpectRefusal(CheckTable.MapUpdateValueSize, 9, 8);
        map.Update([], new byte[7]).ExpectRefusal(CheckTable.MapUpdateValueSize, 7, 8);
        Assert.Equal([map.Value(1)], Drain(map));
    }

    [Theory]
    [InlineData(BpfMapType.Hash, EbpfResult.InvalidArgument)]
    [InlineData(BpfMapType.Array, EbpfResult.InvalidArgument)]
    [InlineData(BpfMapType.PercpuHash, EbpfResult.InvalidArgument)]
    [InlineData(BpfMapType.PercpuArray, EbpfResult.InvalidArgument)]
    [InlineData(BpfMapType.LruHash, EbpfResult.InvalidArgument)]
    [InlineData(BpfMapType.LruPercpuHash, EbpfResult.InvalidArgument)]
    public void Maps_with_keys_can_be_neither_pushed_onto_nor_popped(BpfMapType type, EbpfResult expected)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(type);
        using ProgramMap program = new(machine, map);
        Assert.Equal(-(int)expected, program.Push(0, new byte[8]));
        Assert.Equal(-(int)expected, program.Pop(0, new byte[8]));
        Assert.Equal(-(int)expected, program.Pop(0, new byte[8], delete: false));
    }

    [Theory]
    [MemberData(nameof(MapTypes.Circular), MemberType = typeof(MapTypes))]
    public void Creation_is_refused_in_order(BpfMapType type)
    {
        using EbpfMachine machine = new(machine: new MachineOptions { PoolLimit = 1 << 20 });
        EbpfMapDefinition definition = new() { Type = type, KeySize = 4, ValueSize = 0, MaxEntries = 0 };
        machine.User.CreateMap(definition, innerMap: 7).ExpectRefusal(CheckTable.MapCreateValueSize, 0, 1);
        definition.ValueSize = 8;
        machine.User.CreateMap(definition, innerMap: 7).ExpectRefusal(CheckTable.MapCreateMaxEntries, 0, 1);
        definition.MaxEntries = uint.MaxValue;
        definition.ValueSize = 32;
        machine.User.CreateMap(definition, innerMap: 7).ExpectRefusal(CheckTable.MapCreateInnerMap, 7, -1);
        machine.User.CreateMap(definition).ExpectRefusal(CheckTable.MapCreateCircularKeySize, 4, 0);
        definition.KeySize = 0;
        machine.User.CreateMap(definition)
            .ExpectRefusal(CheckTable.MapCreateCircularSize, 32L * uint.MaxValue, (1L << 37) - (224 + (8L * uint.MaxValue) + 40));
        definition.MaxEntries = 1 << 20;
        machine.User.CreateMap(definition).ExpectMemoryRefused(8L << 20);
    }

    [Theory]
    [MemberData(nameof(MapTypes.Circular), MemberType = typeof(MapTypes))]
    public void Values_of_any_size_go_with_the_map_pushed_or_popped(BpfMapType type)
    {
        using EbpfMachine machine = new();
        foreach (uint valueSize in (uint[])[1, 3, 8, 17, 8192, 8193, 40000])
        {
            TestMap map = machine.User.NewMap(type, keySize: 0, valueSize: valueSize, maxEntries: 7);
            for (int i = 0; i < 20; i++)
            {
                map.Update([], map.Value(i), EbpfMapOption.Exist).Expect(EbpfResult.Success);
                if (i % 3 == 0)
                {
                    map.Find([], delete: true).Expect(EbpfResult.Success);
                }
            }

            Assert.Equal(map.Value(type == BpfMapType.Stack ? 19 : 13), map.Find([]).Tail(8));
        }
    }

    [Theory]
    [InlineData(BpfMapType.Queue, 1)]
    [InlineData(BpfMapType.Queue, 2)]
    [InlineData(BpfMapType.Stack, 3)]
    [InlineData(BpfMapType.Stack, 4)]
    public void A_random_run_ends_as_with_a_list(BpfMapType type, int seed)
    {
        using EbpfMachine machine = new();
        Random random = new(seed);
        uint limit = (uint)random.Next(1, 20);
        TestMap map = machine.User.NewMap(type, keySize: 0, maxEntries: limit);
        using ProgramMap program = new(machine, map);
        List<byte[]> model = [];
        for (int step = 0; step < 3000; step++)
        {
            int next = type == BpfMapType.Queue ? 0 : model.Count - 1;
            bool drop = random.Next(3) == 0;
            if (random.Next(2) == 0)
            {
                bool fits = drop || model.Count < limit;
                int result = program.Push(step % 2, map.Value(step), drop ? Exist : 0);
                Assert.Equal(fits ? 0 : -(int)EbpfResult.OutOfSpace, result);
                if (fits)
                {
                    model.Add(map.Value(step));
                    model.RemoveRange(0, Math.Max(model.Count - (int)limit, 0));
                }
            }
            else
            {
                bool delete = random.Next(3) > 0;
                Answer answer = map.Find([], delete);
                Assert.Equal(model.Count > 0 ? model[next] : null, answer.Status == NtStatus.Success ? answer.Tail(8) : null);
                if (delete && model.Count > 0)
                {
                    model.RemoveAt(next);
                }
            }
        }
    }

    private static IEnumerable<int> Order(BpfMapType type, int[] pushed) => type == BpfMapType.Queue ? pushed : pushed.Reverse();

    private static List<byte[]> Drain(TestMap map)
    {
        List<byte[]> values = [];
        for (Answer next = map.Find([], delete: true); next.Status == NtStatus.Success; next = map.Find([], delete: true))
        {
            values.Add(next.Tail(8));
        }

        return values;
    }
}
