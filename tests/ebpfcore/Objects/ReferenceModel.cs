using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Tests.Objects;

/// <summary>
/// Who holds whom, counted by hand: handles, pins, slots of maps, the maps of programs, the programs of links. An object is there as long as
/// somebody holds it.
/// </summary>
internal sealed class ReferenceModel
{
    private readonly Dictionary<uint, Entry> _alive = [];

    /// <summary>Open handles; the object is null behind a handle of a module.</summary>
    public List<(int User, NtHandle Handle, Entry? Object)> Handles { get; } = [];

    public SortedDictionary<string, Entry> Pins { get; } = new(StringComparer.Ordinal);

    public IEnumerable<uint> Ids(EbpfObjectType type) => _alive.Values.Where(o => o.Type == type).Select(o => o.Id).Order();

    public IEnumerable<Entry> Links => _alive.Values.Where(o => o.Type == EbpfObjectType.Link).OrderBy(o => o.Id);

    public Entry? Find(uint id) => _alive.GetValueOrDefault(id);

    /// <summary>A new object, which nobody holds yet: the caller opens a handle of it at once.</summary>
    public Entry Add(uint id, EbpfObjectType type, bool holdsObjects = false)
    {
        Entry added = new(id, type, holdsObjects);
        _alive.Add(id, added);
        return added;
    }

    public void Open(int user, NtHandle handle, Entry? @object)
    {
        Handles.Add((user, handle, @object));
        @object?.AcquireUser();
    }

    public void Close(int place)
    {
        Entry? @object = Handles[place].Object;
        Handles.RemoveAt(place);
        ReleaseUser(@object);
    }

    /// <summary>A process ends: all of its handles are closed.</summary>
    public void End(int user)
    {
        Entry?[] held = [.. Handles.Where(h => h.User == user).Select(h => h.Object)];
        Handles.RemoveAll(h => h.User == user);
        Array.ForEach(held, ReleaseUser);
    }

    public void Pin(string path, Entry @object)
    {
        Pins.Add(path, @object);
        @object.AcquireUser();
    }

    public void Unpin(string path)
    {
        Entry @object = Pins[path];
        Pins.Remove(path);
        ReleaseUser(@object);
    }

    public void Detach(Entry link)
    {
        if (link.Program is not { } program)
        {
            return;
        }

        link.Program = null;
        Release(program);
        if (link.IsLegacy)
        {
            link.IsLegacy = false;
            Release(link);
        }
    }

    public void Put(Entry map, uint key, Entry? value)
    {
        if (value is not null)
        {
            value.References++;
        }

        if (map.Slots!.Remove(key, out Entry? before))
        {
            Release(before);
        }

        if (value is not null)
        {
            map.Slots.Add(key, value);
        }
    }

    private void ReleaseUser(Entry? @object)
    {
        if (@object is null)
        {
            return;
        }

        if (--@object.UserReferences == 0 && @object.Slots is { } slots)
        {
            // User mode cannot reach it any more: it lets go of what it holds.
            Entry[] held = [.. slots.Values];
            slots.Clear();
            Array.ForEach(held, Release);
        }

        Release(@object);
    }

    private void Release(Entry @object)
    {
        if (--@object.References > 0)
        {
            return;
        }

        Assert.Equal(0, @object.References);
        _alive.Remove(@object.Id);
        Detach(@object);
        @object.Maps.ForEach(Release);
    }

    /// <summary>One object.</summary>
    internal sealed class Entry(uint id, EbpfObjectType type, bool holdsObjects)
    {
        public uint Id { get; } = id;

        public EbpfObjectType Type { get; } = type;

        public int References { get; set; }

        public int UserReferences { get; set; }

        /// <summary>A program's.</summary>
        public List<Entry> Maps { get; } = [];

        /// <summary>What a map of objects holds.</summary>
        public Dictionary<uint, Entry>? Slots { get; } = holdsObjects ? [] : null;

        /// <summary>A link's, while it is attached.</summary>
        public Entry? Program { get; set; }

        public byte Parameter { get; set; }

        public bool IsLegacy { get; set; }

        public void AcquireUser()
        {
            UserReferences++;
            References++;
        }

        /// <summary>A program gets a map more.</summary>
        public void Bind(Entry map)
        {
            Maps.Add(map);
            map.References++;
        }

        /// <summary>A link gets its program.</summary>
        public void Attach(Entry program, byte parameter)
        {
            (Program, Parameter) = (program, parameter);
            program.References++;
        }

        /// <summary>An attached link stays without a handle.</summary>
        public void Keep()
        {
            if (!IsLegacy)
            {
                IsLegacy = true;
                References++;
            }
        }
    }
}
