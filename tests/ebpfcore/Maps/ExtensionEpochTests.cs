using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>The driver's epochs as map providers get them: for memory that their readers use without a lock.</summary>
public sealed unsafe class ExtensionEpochTests
{
    private const BpfMapType Type = BpfMapType.Xskmap;

    private static readonly PoolTag s_tag = new("Test");
    private static readonly PoolTag s_other = new("Othr");

    [Fact]
    public void A_block_stays_until_the_reader_that_was_there_leaves_and_goes_before_one_that_came_later()
    {
        using KeptMachine kept = new();
        KernelClock clock = kept.Machine.Machine.Clock;
        using ParkedReader early = new(kept);
        kept.Free(kept.Allocate(s_tag), s_tag);
        clock.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(1, kept.Blocks(s_tag));

        using ParkedReader late = new(kept);
        clock.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(1, kept.Blocks(s_tag));
        early.Leave();
        clock.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(0, kept.Blocks(s_tag));
        late.Leave();
    }

    [Fact]
    public void Blocks_of_each_tag_are_freed_under_it_once_time_goes_on()
    {
        using KeptMachine kept = new();
        foreach (PoolTag tag in (PoolTag[])[s_tag, s_other, s_tag])
        {
            kept.Free(kept.Allocate(tag), tag);
        }

        Assert.Equal((2, 1), (kept.Blocks(s_tag), kept.Blocks(s_other)));
        kept.Machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal((0, 0), (kept.Blocks(s_tag), kept.Blocks(s_other)));
    }

    [Fact]
    public void A_wrong_tag_stops_the_machine_where_the_block_is_freed()
    {
        EbpfMachine machine = new();
        using Machine stopped = machine.Machine;
        KeptMachine kept = new(machine);
        nint block = kept.Allocate(s_tag);
        BugcheckException stop = Assert.Throws<BugcheckException>(() => kept.Free(block, s_other));
        Assert.Equal(BugcheckCode.BadPoolCaller, stop.Record.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_the_end_of_a_map_frees_is_freed_even_if_the_driver_is_stopping(bool closes)
    {
        using KeptMachine kept = new() { PerMap = s_tag };
        Assert.Equal(1, kept.Blocks(s_tag));
        if (closes)
        {
            kept.Machine.User.Close(kept.Map).Expect(EbpfResult.Success);
            kept.Machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(5));
        }
        else
        {
            HostThread.Run(() => Assert.Equal(NtStatus.Success, kept.Unload())).Join("the driver to be unloaded");
        }

        Assert.Equal(0, kept.Blocks(s_tag));
    }

    [Fact]
    public void The_end_of_a_map_may_free_blocks_of_many_tags_while_the_driver_stops()
    {
        using KeptMachine kept = new() { MoreTags = 40, PerMap = s_tag };

        HostThread.Run(() => Assert.Equal(NtStatus.Success, kept.Unload())).Join("the driver to be unloaded");

        Assert.Equal(0, kept.Blocks(s_tag));
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(0, kept.Blocks(KeptMachine.TagOf(i))));
    }

    /// <summary>A machine with a provider that keeps the epochs it was given.</summary>
    private sealed class KeptMachine : IDisposable
    {
        private readonly MapProvider _provider;
        private ExtensionEpochs? _epochs;

        public KeptMachine()
            : this(new EbpfMachine(cpus: 4))
        {
        }

        public KeptMachine(EbpfMachine machine)
        {
            Machine = machine;
            MapProviderDispatch dispatch = new(Create, Delete, (_, _, _) => EbpfResult.Success);
            _provider = new MapProvider(Guid.NewGuid(), new MapProviderData(Type, dispatch)) { ClientAttached = (_, data) => _epochs = data.Epochs };
            machine.InKernel(current => Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Register(current, _provider)));
        }

        public EbpfMachine Machine { get; }

        /// <summary>The tag of a block that each map has; setting it creates one.</summary>
        public PoolTag PerMap
        {
            init
            {
                field = value;
                Map = NewMap();
            }

            get;
        }

        public NtHandle Map { get; private init; }

        /// <summary>How many blocks, each of a tag of its own, the end of a map frees besides.</summary>
        public int MoreTags { get; init; }

        public ExtensionEpochs Epochs
        {
            get
            {
                if (_epochs is null)
                {
                    NewMap();
                }

                return _epochs!;
            }
        }

        public static PoolTag TagOf(int number) => new($"T{number:000}");

        public long Blocks(PoolTag tag) => Machine.Machine.Pool.Usage(tag).Blocks;

        public nint Allocate(PoolTag tag) => (nint)Machine.Machine.Pool.Allocate(40, tag);

        public void Free(nint block, PoolTag tag)
        {
            ExtensionEpochs epochs = Epochs;
            Machine.InKernel(current =>
            {
                using ExtensionEpochScope epoch = epochs.Enter(current);
                epochs.Free(current, (byte*)block, tag);
            });
        }

        public NtStatus Unload()
        {
            Machine.User.Process.Terminate(NtStatus.Success);
            return Machine.Machine.UnloadDriver(Machine.DriverObject);
        }

        public void Dispose()
        {
            Machine.User.Process.Terminate(NtStatus.Success);
            Machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
            Machine.InKernel(current => Assert.Equal(NtStatus.Success, Machine.Machine.Nmr.Deregister(current, _provider)));
            Machine.Dispose();
        }

        private NtHandle NewMap() => Machine.User
            .CreateMap(new EbpfMapDefinition { Type = Type, KeySize = 4, ValueSize = 4, MaxEntries = 3 })
            .Expect(EbpfResult.Success)
            .As<CreateMapReply>().Handle;

        private EbpfResult Create(KeThread current, EbpfMapDefinition definition, out uint actualValueSize, out object? mapContext)
        {
            actualValueSize = definition.ValueSize;
            mapContext = PerMap == default ? null : Allocate(PerMap);
            return EbpfResult.Success;
        }

        private void Delete(KeThread current, object? mapContext)
        {
            if (mapContext is nint block)
            {
                _epochs!.Free(current, (byte*)block, PerMap);
            }

            for (int i = 0; i < MoreTags; i++)
            {
                _epochs!.Free(current, (byte*)Allocate(TagOf(i)), TagOf(i));
            }
        }
    }

    /// <summary>A thread that stays in an epoch.</summary>
    private sealed class ParkedReader : IDisposable
    {
        private readonly ParkingPlace _place = new();
        private readonly HostThread _thread;

        public ParkedReader(KeptMachine kept)
        {
            ExtensionEpochs epochs = kept.Epochs;
            _thread = HostThread.Run(() => kept.Machine.InKernel(current =>
            {
                using ExtensionEpochScope epoch = epochs.Enter(current);
                _place.Park();
            }));
            _place.WaitForArrival("the reader");
        }

        public void Leave()
        {
            _place.Open();
            _thread.Join();
        }

        public void Dispose()
        {
            Leave();
            _place.Dispose();
        }
    }
}
