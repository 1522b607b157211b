using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Who keeps what alive in maps of maps, and what programs see meanwhile.</summary>
public sealed class ObjectMapLifeTests : IDisposable
{
    private const int Cpus = 4;

    private readonly EbpfMachine _machine = new(Cpus);
    private readonly List<EbpfMap> _referenced = [];

    private EbpfUser User => _machine.User;

    public void Dispose()
    {
        _referenced.ForEach(map => map.Dereference());
        _machine.Dispose();
    }

    [Theory]
    [InlineData(BpfMapType.HashOfMaps)]
    [InlineData(BpfMapType.ArrayOfMaps)]
    public void A_slot_keeps_a_map_alive_until_it_is_replaced(BpfMapType type)
    {
        TestMap outer = NewOuter(type, out TestMap first);
        outer.UpdateWithHandle(outer.Key(0), first.Handle).Expect(EbpfResult.Success);
        first.Update(first.Key(7), first.Value(7)).Expect(EbpfResult.Success);
        User.Close(first.Handle).Expect(EbpfResult.Success);
        Assert.Equal(2, LiveObjects());
        TestMap second = NewInner();
        outer.UpdateWithHandle(outer.Key(0), second.Handle).Expect(EbpfResult.Success);
        Assert.Equal(2, LiveObjects());
        User.HandleById(EbpfOperationId.GetMapHandleById, 2).Expect(EbpfResult.KeyNotFound);
    }

    [Theory]
    [InlineData(BpfMapType.HashOfMaps)]
    [InlineData(BpfMapType.ArrayOfMaps)]
    public void Closing_the_outer_map_lets_its_maps_go(BpfMapType type)
    {
        TestMap outer = NewOuter(type, out TestMap template);
        for (uint i = 0; i < 6; i++)
        {
            TestMap inner = NewInner();
            outer.UpdateWithHandle(outer.Key(i), inner.Handle).Expect(EbpfResult.Success);
            User.Close(inner.Handle).Expect(EbpfResult.Success);
        }

        User.Close(template.Handle).Expect(EbpfResult.Success);
        Assert.Equal(7, LiveObjects());
        User.Close(outer.Handle).Expect(EbpfResult.Success);
        Assert.Equal(0, LiveObjects());
    }

    [Theory]
    [InlineData(BpfMapType.HashOfMaps)]
    [InlineData(BpfMapType.ArrayOfMaps)]
    public void When_user_mode_lets_go_the_slots_are_emptied_though_programs_hold_the_map(BpfMapType type)
    {
        TestMap outer = NewOuter(type, out TestMap inner);
        outer.UpdateWithHandle(outer.Key(1), inner.Handle).Expect(EbpfResult.Success);
        EbpfMap kernel = Reference(outer);
        User.Pin(outer.Handle, "kept"u8).Expect(EbpfResult.Success);
        User.Close(outer.Handle).Expect(EbpfResult.Success);
        Assert.NotNull(Seen(kernel, outer.Key(1)));
        User.Unpin("kept"u8).Expect(EbpfResult.Success);
        Assert.Null(Seen(kernel, outer.Key(1)));
        User.Close(inner.Handle).Expect(EbpfResult.Success);
        Assert.Equal(1, LiveObjects());
    }

    [Fact]
    public void What_is_put_in_by_somebody_who_opened_the_map_by_id_afterwards_goes_with_the_map()
    {
        TestMap outer = NewOuter(BpfMapType.HashOfMaps, out TestMap inner);
        EbpfMap kernel = Reference(outer);
        User.Close(outer.Handle).Expect(EbpfResult.Success);
        Answer opened = User.HandleById(EbpfOperationId.GetMapHandleById, kernel.Id).Expect(EbpfResult.Success);
        TestMap again = new(User, opened.As<GetHandleByIdReply>().Handle, 4, outer.Layout);
        again.UpdateWithHandle(outer.Key(1), inner.Handle).Expect(EbpfResult.Success);
        User.Close(inner.Handle).Expect(EbpfResult.Success);
        Assert.Equal(2, LiveObjects());
        User.Close(again.Handle).Expect(EbpfResult.Success);
        Assert.Equal(1, LiveObjects());
    }

    [Theory]
    [InlineData(BpfMapType.HashOfMaps)]
    [InlineData(BpfMapType.ArrayOfMaps)]
    public void Maps_that_hold_each_other_and_themselves_fall_apart_when_their_handles_are_closed(BpfMapType type)
    {
        // Two levels: the maps in a and b are maps of maps, like a and b themselves.
        TestMap bottom = NewInner();
        TestMap template = User.NewMap(type, valueSize: 4, maxEntries: 8, template: bottom.Handle);
        TestMap a = User.NewMap(type, valueSize: 4, maxEntries: 8, template: template.Handle);
        TestMap b = User.NewMap(type, valueSize: 4, maxEntries: 8, template: template.Handle);
        foreach ((TestMap holder, TestMap held, uint key) in new[] { (a, b, 0u), (b, a, 0u), (a, a, 1u), (b, b, 1u), (a, template, 2u) })
        {
            holder.UpdateWithHandle(holder.Key(key), held.Handle).Expect(EbpfResult.Success);
        }

        foreach (TestMap map in new[] { bottom, template, a, b })
        {
            User.Close(map.Handle).Expect(EbpfResult.Success);
        }

        Assert.Equal(0, LiveObjects());
    }

    [Theory]
    [InlineData(BpfMapType.HashOfMaps)]
    [InlineData(BpfMapType.ArrayOfMaps)]
    public void A_program_gets_the_inner_map_and_uses_it_as_any_other(BpfMapType type)
    {
        TestMap outer = NewOuter(type, out TestMap inner);
        outer.UpdateWithHandle(outer.Key(2), inner.Handle).Expect(EbpfResult.Success);
        EbpfMap kernel = Reference(outer);
        byte[] value = inner.Value(9);
        int stored = -1;
        _machine.Driver.RunProgram(1, context =>
        {
            EbpfMap found = context.MapLookupInnerMap(kernel, outer.Key(2))!;
            stored = context.MapUpdateElem(found, inner.Key(5), value);
        });
        Assert.Equal(0, stored);
        Assert.Equal(value, inner.Find(inner.Key(5)).Tail(8));
        Assert.Null(Seen(kernel, outer.Key(3)));
        Assert.Null(Seen(kernel, outer.Key(1000)));
    }

    [Theory]
    [InlineData(BpfMapType.HashOfMaps)]
    [InlineData(BpfMapType.ArrayOfMaps)]
    [InlineData(BpfMapType.ProgArray)]
    public void The_other_helpers_refuse_maps_of_objects_but_for_delete(BpfMapType type)
    {
        TestMap outer = NewOuter(type, out TestMap inner);
        if (type != BpfMapType.ProgArray)
        {
            outer.UpdateWithHandle(outer.Key(2), inner.Handle).Expect(EbpfResult.Success);
        }

        EbpfMap kernel = Reference(outer);
        EbpfMap other = Reference(inner);
        byte[] key = outer.Key(2);
        _machine.Driver.RunProgram(0, context =>
        {
            Assert.True(context.MapLookupElem(kernel, key).IsEmpty);
            Assert.Equal(-(int)EbpfResult.OperationNotSupported, context.MapUpdateElem(kernel, key, new byte[4]));
            Assert.Null(context.MapLookupInnerMap(other, key));
            Assert.Equal(0, context.MapDeleteElem(kernel, key));
            Assert.Equal(type == BpfMapType.HashOfMaps ? -(int)EbpfResult.ObjectNotFound : 0, context.MapDeleteElem(kernel, key));
            Assert.Null(context.MapLookupInnerMap(kernel, key));
        });
        outer.Find(key).Expect(EbpfResult.ObjectNotFound);
    }

    [Fact]
    public void An_inner_map_that_a_program_found_stays_though_slot_and_handles_go_meanwhile()
    {
        TestMap outer = NewOuter(BpfMapType.HashOfMaps, out TestMap inner);
        inner.Update(inner.Key(1), inner.Value(1)).Expect(EbpfResult.Success);
        outer.UpdateWithHandle(outer.Key(0), inner.Handle).Expect(EbpfResult.Success);
        EbpfMap kernel = Reference(outer);
        byte[]? seen = null;
        using ParkingPlace parking = new();

        // The program has its processor to itself: on another than the one that this thread's requests run on.
        int home = 0;
        _machine.InKernel(current => home = current.ProcessorNumber);
        HostThread program = HostThread.Run(() => _machine.Driver.RunProgram((home + 1) % Cpus, context =>
        {
            EbpfMap map = context.MapLookupInnerMap(kernel, outer.Key(0))!;
            parking.Park();
            seen = context.MapLookupElem(map, inner.Key(1)).ToArray();
        }));
        parking.WaitForArrival("the program to find the map");
        outer.Delete(outer.Key(0)).Expect(EbpfResult.Success);
        User.Close(inner.Handle).Expect(EbpfResult.Success);
        User.NextId(EbpfOperationId.GetNextMapId, kernel.Id).Expect(EbpfResult.NoMoreKeys);
        parking.Open();
        program.Join();
        Assert.Equal(inner.Value(1), seen);
        Assert.Equal(1, LiveObjects());
    }

    [Theory]
    [InlineData(BpfMapType.HashOfMaps)]
    [InlineData(BpfMapType.ArrayOfMaps)]
    public void Programs_on_all_processors_use_inner_maps_while_user_mode_replaces_clears_and_recreates_them(BpfMapType type)
    {
        const int Rounds = 100;
        TestMap outer = NewOuter(type, out TestMap template);
        EbpfMap kernel = Reference(outer);
        User.Close(template.Handle).Expect(EbpfResult.Success);
        outer.UpdateWithHandle(outer.Key(7), NewInner().Handle).Expect(EbpfResult.Success);
        long[] found = new long[Cpus];
        Action[] programs = [.. Enumerable.Range(0, Cpus).Select<int, Action>(cpu => () =>
        {
            for (int run = 0; run < Rounds; run++)
            {
                _machine.Driver.RunProgram(cpu, context =>
                {
                    for (uint i = 0; i < 8; i++)
                    {
                        if (context.MapLookupInnerMap(kernel, outer.Key(i)) is { } inner)
                        {
                            byte[] key = outer.Key(i);
                            Assert.Equal(0, context.MapUpdateElem(inner, key, BitConverter.GetBytes(inner.Id + 0xABCD_0000_0000UL)));
                            Span<byte> value = context.MapLookupElem(inner, key);
                            Assert.Equal(inner.Id + 0xABCD_0000_0000UL, BitConverter.ToUInt64(value));
                            found[cpu]++;
                        }
                    }
                });
            }
        })];
        HostThreads.Run([.. programs, () =>
        {
            for (uint round = 0; round < Rounds; round++)
            {
                TestMap inner = NewInner();
                outer.UpdateWithHandle(outer.Key(round % 7), inner.Handle).Expect(EbpfResult.Success);
                User.Close(inner.Handle).Expect(EbpfResult.Success);
                if (round % 3 == 0)
                {
                    outer.Delete(outer.Key((round + 5) % 7));
                }
            }
        }]);
        Assert.All(found, count => Assert.InRange(count, Rounds, Rounds * 8));
        User.Close(outer.Handle).Expect(EbpfResult.Success);
        Assert.Equal(2, LiveObjects());
    }

    [Fact]
    public void The_outer_map_goes_while_programs_read_it()
    {
        for (int round = 0; round < 20; round++)
        {
            TestMap outer = NewOuter(BpfMapType.ArrayOfMaps, out TestMap inner);
            outer.UpdateWithHandle(outer.Key(1), inner.Handle).Expect(EbpfResult.Success);
            Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(User.Process, outer.Handle, out EbpfMap? kernel));
            User.Close(inner.Handle).Expect(EbpfResult.Success);
            HostThreads.Run(
                () => User.Close(outer.Handle).Expect(EbpfResult.Success),
                () => Read(0),
                () => Read(1));
            Assert.Null(Seen(kernel!, outer.Key(1)));
            kernel!.Dereference();
            Assert.Equal(0, LiveObjects());

            void Read(int cpu) => _machine.Driver.RunProgram(cpu, context =>
            {
                for (int i = 0; i < 500; i++)
                {
                    if (context.MapLookupInnerMap(kernel!, outer.Key(1)) is { } found)
                    {
                        Assert.Equal(0, context.MapUpdateElem(found, inner.Key((uint)cpu), inner.Value(i)));
                    }
                }
            });
        }
    }

    private TestMap NewInner() => User.NewMap(BpfMapType.Hash, maxEntries: 8);

    private TestMap NewOuter(BpfMapType type, out TestMap template)
    {
        template = NewInner();
        return User.NewMap(type, valueSize: 4, maxEntries: 8, template: template.Handle);
    }

    private EbpfMap Reference(TestMap map)
    {
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(User.Process, map.Handle, out EbpfMap? kernel));
        _referenced.Add(kernel!);
        return kernel!;
    }

    private EbpfMap? Seen(EbpfMap outer, byte[] key)
    {
        EbpfMap? seen = null;
        _machine.Driver.RunProgram(0, context => seen = context.MapLookupInnerMap(outer, key));
        return seen;
    }

    private int LiveObjects()
    {
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        return _machine.Driver.ObjectCount;
    }
}
