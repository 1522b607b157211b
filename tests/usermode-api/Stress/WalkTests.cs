using System.Collections.Concurrent;
using KernelSim.Protocol;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Stress;

/// <summary>Walks over maps while other processes insert and delete elements continuously.</summary>
public sealed class WalkTests
{
    private const int Walks = 150;
    private const uint Toggled = 512;
    private const uint Staying = 12;

    public static TheoryData<BpfMapType> Walkable =>
    [
        BpfMapType.Hash, BpfMapType.PercpuHash, BpfMapType.LruHash, BpfMapType.LruPercpuHash, BpfMapType.LpmTrie, BpfMapType.HashOfMaps,
        BpfMapType.Array, BpfMapType.PercpuArray, BpfMapType.ArrayOfMaps,
    ];

    public static TheoryData<BpfMapType> Takeable =>
    [
        BpfMapType.Hash, BpfMapType.PercpuHash, BpfMapType.LruHash, BpfMapType.LruPercpuHash, BpfMapType.LpmTrie, BpfMapType.HashOfMaps,
    ];

    [Theory]
    [MemberData(nameof(Walkable))]
    public void A_walk_in_batches_delivers_what_stays_exactly_once(BpfMapType type)
    {
        using Arena arena = new(type);
        arena.WhileOthersWrite(user =>
        {
            foreach (uint count in (uint[])[600, 100, 1])
            {
                for (int walk = 0; walk < (count == 1 ? Walks / 30 : Walks); walk++)
                {
                    Arena.AssertAllStayed(user.Walk(count));
                }
            }
        });
    }

    [Theory]
    [MemberData(nameof(Walkable))]
    public void A_cursor_delivers_what_stays_exactly_once(BpfMapType type)
    {
        using Arena arena = new(type);
        arena.WhileOthersWrite(user =>
        {
            using var session = new BpfSession(user.Lab.Process.Gate);
            for (int walk = 0; walk < Walks; walk++)
            {
                Arena.AssertAllStayed(TypedWalks.ByCursor(session, type, arena.MapId, 40));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Walkable))]
    public void Enumeration_delivers_what_stays_exactly_once_and_never_throws(BpfMapType type)
    {
        using Arena arena = new(type);
        arena.WhileOthersWrite(user =>
        {
            using var session = new BpfSession(user.Lab.Process.Gate);
            for (int walk = 0; walk < Walks * 2; walk++)
            {
                Arena.AssertAllStayed(TypedWalks.ByEnumeration(session, type, arena.MapId));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Takeable))]
    public void Of_all_that_is_inserted_each_element_is_taken_deleted_or_left_exactly_once(BpfMapType type)
    {
        const uint perWriter = 4000;
        using Arena arena = new(type, maxEntries: 1 << 15);
        ConcurrentQueue<uint> delivered = [];
        int writing = 2;
        void Insert(uint first)
        {
            try
            {
                using MapUser user = arena.NewUser();
                for (uint i = 0; i < perWriter; i++)
                {
                    user.Put(first + i);

                    // The writer deletes every fourth element again, unless a taker was faster.
                    if (i % 4 == 0 && user.Delete(first + i))
                    {
                        delivered.Enqueue(first + i);
                    }
                }
            }
            finally
            {
                Interlocked.Decrement(ref writing);
            }
        }

        void Take(uint count)
        {
            using MapUser user = arena.NewUser();
            for (bool over = false; ;)
            {
                IReadOnlyList<uint> keys = user.Take(count);
                foreach (uint key in keys)
                {
                    delivered.Enqueue(key);
                }

                if (keys.Count == 0 && over)
                {
                    return;
                }

                over = Volatile.Read(ref writing) == 0;
            }
        }

        HostThreads.Run(() => Insert(0), () => Insert(100_000), () => Take(7), () => Take(500));
        using MapUser last = arena.NewUser();
        Assert.Empty(last.Walk(100));
        Assert.Equal(
            Enumerable.Range(0, (int)perWriter).Concat(Enumerable.Range(100_000, (int)perWriter)).Select(i => (uint)i), delivered.Order());
    }

    /// <summary>
    /// A map in which two processes insert and delete the keys below <see cref="Toggled"/>. The <see cref="Staying"/> keys from there stay.
    /// </summary>
    private sealed class Arena : IDisposable
    {
        private readonly BpfMapType _type;
        private readonly Lab _lab = new(cpus: 2);
        private readonly int _inner;

        public Arena(BpfMapType type, uint maxEntries = 1024)
        {
            _type = type;
            bool isArray = type is BpfMapType.Array or BpfMapType.PercpuArray or BpfMapType.ArrayOfMaps;
            bool isOuter = type is BpfMapType.HashOfMaps or BpfMapType.ArrayOfMaps;
            _inner = _lab.CreateMap(BpfMapType.Hash);
            ulong options = _lab.Put(new Protocol.Messages.BpfMapCreateOpts { Sz = 80, InnerMapFd = isOuter ? _inner : 0 });
            int fd = _lab.Library.bpf_map_create(
                type,
                _lab.Put("walked\0"u8.ToArray()),
                type == BpfMapType.LpmTrie ? 8u : 4,
                isOuter ? 4u : 8,
                isArray ? Toggled + Staying : maxEntries,
                options);
            Assert.True(fd > 0, $"bpf_map_create: {fd} {_lab.Library.LastRefusal}");
            MapId = IdOf(fd);
            InnerId = IdOf(_inner);
        }

        public uint MapId { get; }

        private uint InnerId { get; }

        public MapUser NewUser() => new(_lab, _type, MapId, InnerId);

        public void WhileOthersWrite(Action<MapUser> walks)
        {
            using MapUser walker = NewUser();
            for (uint i = 0; i < Staying; i++)
            {
                walker.Put(Toggled + i);
            }

            bool over = false;
            HostThreads.Run(
                () => Write(seed: 1, () => Volatile.Read(ref over)),
                () => Write(seed: 2, () => Volatile.Read(ref over)),
                () =>
                {
                    try
                    {
                        walks(walker);
                    }
                    finally
                    {
                        Volatile.Write(ref over, true);
                    }
                });
        }

        public static void AssertAllStayed(IReadOnlyList<uint> walked) =>
            Assert.Equal(Enumerable.Range((int)Toggled, (int)Staying).Select(i => (uint)i), walked.Where(k => k >= Toggled).Order());

        public void Dispose() => _lab.Dispose();

        private void Write(int seed, Func<bool> isOver)
        {
            using MapUser user = NewUser();
            Random random = new(seed);
            while (!isOver())
            {
                uint key = (uint)random.Next((int)Toggled);
                if (random.Next(2) == 0)
                {
                    user.Delete(key);
                }
                else
                {
                    user.Put(key);
                }
            }
        }

        private uint IdOf(int fd)
        {
            ulong info = _lab.Allocate(96);
            Assert.Equal(0, _lab.Library.bpf_obj_get_info_by_fd(fd, info, _lab.Put(96u)));
            return _lab.Read<uint>(info);
        }
    }
}
