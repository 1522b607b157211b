using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using KernelSim.LabScripts.Abi.Rules;
using KernelSim.LabScripts.Machines;
using KernelSim.LabScripts.Ops;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>
/// The personality of Linux: libbpf's calls as Linux's kernel answers them, on the elements of the simulated driver, which has
/// <see cref="EbpfCore.EbpfCoreOptions.LinuxMapRules"/>. What the rules of <see cref="AbiRuleTable"/> decide is cited, for comparisons.
/// </summary>
internal sealed class LinuxCalls : IMapCalls
{
    private readonly ScriptSession _session;
    private readonly ulong _seed;
    private readonly UserCopy _memory;
    private readonly LinuxBatches _batches;
    private readonly Dictionary<int, LinuxMap> _byFd = [];
    private readonly Dictionary<uint, LinuxMap> _byId = [];
    private readonly List<AbiRule> _cited = [];
    private ScriptCall? _call;
    private LinuxWalk? _walk;
    private bool _onlyRead;

    /// <param name="session">The session whose calls it makes.</param>
    /// <param name="seed">The seed of the hashes of keys.</param>
    public LinuxCalls(ScriptSession session, ulong seed)
    {
        _session = session;
        _seed = seed;
        _memory = new UserCopy(session.Gate.Memory);
        _batches = new LinuxBatches(this, _memory);
        Store = new ElementStore(session);
    }

    /// <summary>The elements of maps.</summary>
    public ElementStore Store { get; }

    /// <summary>The rules that decided the current call, in the order in which they did.</summary>
    public IReadOnlyList<AbiRule> Cited => _cited;

    /// <summary>Whether the program allocates another number of bytes for a cursor than the right one.</summary>
    public bool ChoosesCursorSize => _call?.Has("cursor_size") == true;

    /// <summary>Whether a script's call leaves every map as it is.</summary>
    public static bool OnlyReads(ScriptOp op) =>
        op.Name is "map_get_next_key" or "map_lookup_batch" or "map_lookup_elem" or "helper_map_lookup_elem" or "obj_get_info_by_fd";

    /// <summary>Notes that a rule decided the current call.</summary>
    public void Cite(AbiRule rule)
    {
        if (!_cited.Contains(rule))
        {
            _cited.Add(rule);
        }
    }

    /// <inheritdoc cref="Cite(AbiRule)"/>
    public void Cite<TRule>()
        where TRule : AbiRule => Cite(AbiRuleTable.Of<TRule>());

    /// <summary>Notes that a rule decided the current call, and gives its answer.</summary>
    public LinuxErrno Answer<TRule>(LinuxErrno errno)
        where TRule : AbiRule
    {
        Cite<TRule>();
        return errno;
    }

    /// <inheritdoc/>
    public ScriptResult? Begin(ScriptCall call)
    {
        _call = call;
        _cited.Clear();
        bool reads = OnlyReads(call.Op);
        if (!reads || !_onlyRead)
        {
            _walk = null;
        }

        _onlyRead = reads;

        if (!WindowsCallRule.Covers(call.Op))
        {
            return null;
        }

        _session.Note(call, $"{call.Op.Name} is a call of Windows: Linux has none like it");
        return Failed(Answer<WindowsCallRule>(LinuxErrno.ENOSYS));
    }

    /// <inheritdoc/>
    public int Create(ScriptCall call)
    {
        BpfMapType type = call.MapType("type");
        LinuxMapRequest request = new(
            type,
            LinuxMapTypeTable.Find(type),
            call.Text("name"),
            call.UInt32("key_size"),
            call.UInt32("value_size"),
            call.UInt32("max_entries"),
            (LinuxMapFlags)call.UInt32("flags"),
            call.Has("inner_fd") ? call.Descriptor("inner_fd") : 0,
            this);
        foreach (AbiRule rule in AbiRuleTable.All)
        {
            if (rule.OnCreate(request) is { } refused)
            {
                Cite(rule);
                return -(int)refused;
            }
        }

        using UserBlocks blocks = new(_session.Gate);
        ulong name = request.Name is { } text
            ? blocks.Copy(Encoding.UTF8.GetBytes(text[..Math.Min(text.Length, CreateNameRule.Longest)] + "\0"))
            : 0;
        BpfMapCreateOpts options = new() { Sz = (ulong)Unsafe.SizeOf<BpfMapCreateOpts>() };
        if (request.Row!.HoldsMaps)
        {
            options.InnerMapFd = request.InnerFd;
        }

        int fd = _session.Library.bpf_map_create(
            type, name, request.KeySize, request.ValueSize, request.MaxEntries, blocks.Copy(StructBytes.Of(options)));
        if (fd >= 0 && ObjectOps.GetInfo(_session, fd, out BpfMapInfo info) == 0)
        {
            LinuxMap? inner = request.Row.HoldsMaps && Resolve(request.InnerFd, out LinuxMap? template) is null ? template : null;
            _byFd[fd] = _byId[info.Id] = Describe(info, request.Row, request.Flags, inner);
        }

        return fd;
    }

    /// <inheritdoc/>
    public int Update(int fd, ulong key, ulong value, ulong flags) =>
        Return(Open(fd, LinuxMapFlags.ReadOnly, out LinuxMap? map) ?? Update(fd, map!, key, value, flags));

    /// <inheritdoc/>
    public int Lookup(int fd, ulong key, ulong value, bool delete)
    {
        LinuxMapFlags forbidden = LinuxMapFlags.WriteOnly | (delete ? LinuxMapFlags.ReadOnly : LinuxMapFlags.None);
        return Return(Open(fd, forbidden, out LinuxMap? map) ?? Lookup(fd, map!, key, value, delete));
    }

    /// <inheritdoc/>
    public int Delete(int fd, ulong key) => Return(
        Open(fd, LinuxMapFlags.ReadOnly, out LinuxMap? map)
        ?? ReadKey(map!, key, out byte[] bytes)
        ?? DeleteElement(fd, map!, bytes));

    /// <inheritdoc/>
    public int GetNextKey(int fd, ulong key, ulong next)
    {
        if (Open(fd, LinuxMapFlags.WriteOnly, out LinuxMap? map) is { } failure)
        {
            return Return(failure);
        }

        byte[]? previous = null;
        if (key != 0)
        {
            if (ReadKey(map!, key, out byte[] bytes) is { } unreadable)
            {
                return Return(unreadable);
            }

            previous = bytes;
        }

        if (Decide(new ElementRequest(this, fd, map!, ElementOperation.NextKey, previous ?? [], [], 0)) is { } decided)
        {
            return Return(decided);
        }

        if (map!.Family is LinuxMapFamily.Hash)
        {
            Cite<HashOrderRule>();
        }
        else if (map.Family is LinuxMapFamily.Trie)
        {
            Cite<TrieOrderRule>();
        }

        return Return(NextKey(fd, map, previous) is not { } found ? LinuxErrno.ENOENT
            : _memory.TryWrite(next, found) ? null
            : Answer<AddressRule>(LinuxErrno.EFAULT));
    }

    /// <inheritdoc/>
    public int UpdateBatch(int fd, ulong keys, ulong values, ulong count, ulong options) =>
        Return(_batches.Update(fd, keys, values, count, options));

    /// <inheritdoc/>
    public int DeleteBatch(int fd, ulong keys, ulong count, ulong options) => Return(_batches.Delete(fd, keys, count, options));

    /// <inheritdoc/>
    public int LookupBatch(int fd, BatchBuffers buffers, bool delete) => Return(_batches.Lookup(fd, buffers, delete));

    /// <inheritdoc/>
    /// <remarks>A call that was refused before it began leaves the count as it was.</remarks>
    public bool HasDelivered(int ret, uint count) => ret == 0 || (count > 0 && _batches.HasBegun);

    /// <inheritdoc/>
    public uint CursorSize(int fd, ScriptMap? map) =>
        Resolve(fd, out LinuxMap? known) is null && known!.Family == LinuxMapFamily.Hash
            ? LinuxBatches.HashCursorBytes
            : map?.KeySize ?? ScriptSession.UnknownSize;

    /// <inheritdoc/>
    public ulong? LookupStride(ScriptMap? map) => map?.ValueBytes;

    /// <inheritdoc/>
    public uint FlagsOf(in BpfMapInfo info)
    {
        if (!_byId.TryGetValue(info.Id, out LinuxMap? map))
        {
            return info.MapFlags;
        }

        if (map.Flags != LinuxMapFlags.None)
        {
            Cite<CreateFlagsRule>();
        }

        return (uint)map.Flags;
    }

    /// <inheritdoc/>
    public ScriptResult? RefuseHelper(ScriptCall call, in BpfMapInfo info)
    {
        int fd = call.Descriptor();
        if (Resolve(fd, out LinuxMap? map) is { } failure)
        {
            return Failed(failure);
        }

        if (!HelperMaps.Accept(call.Op.Name, map!))
        {
            _session.Note(call, $"Linux's verifier would refuse such a program: {call.Op.Name} is not for maps of type {Name(map!)}");
            return Failed(Answer<HelperMapRule>(LinuxErrno.EINVAL));
        }

        return HelperRequest(call, fd, map!) is { } request && Decide(request) is { } decided ? Failed(decided) : null;
    }

    /// <inheritdoc/>
    public ScriptResult HelperFailure(ScriptCall call, in BpfMapInfo info, EbpfResult result)
    {
        Errno failure = ResultConversions.ToErrno(result);
        return Resolve(call.Descriptor(), out LinuxMap? map) is null && HelperRequest(call, call.Descriptor(), map!) is { } request
            ? Failed(Convert(request, failure))
            : Failed(LinuxErrnoConversion.Of(failure));
    }

    /// <inheritdoc/>
    public void Forget(int fd) => _byFd.Remove(fd);

    /// <inheritdoc/>
    public ScriptResult Result(int ret, params ScriptOutput[] outputs)
    {
        // Calls that are no part of this personality return the library's errno; no errno of Linux is among those that have other numbers.
        if (ret < 0 && LinuxErrnoConversion.Renumbers((Errno)(-ret)))
        {
            Cite<ErrnoRule>();
            ret = -(int)LinuxErrnoConversion.Of((Errno)(-ret));
        }

        return new ScriptResult { Ret = ret, ErrnoName = ret < 0 ? ((LinuxErrno)(-ret)).ToString() : null, Outputs = outputs };
    }

    /// <summary>The map behind a descriptor.</summary>
    /// <returns>Why there is none: EBADF, or EINVAL for a descriptor of something else. Null if there is one.</returns>
    public LinuxErrno? Resolve(int fd, out LinuxMap? map)
    {
        if (_byFd.TryGetValue(fd, out map))
        {
            return null;
        }

        if (_session.Library.ebpf_object_get_info_by_fd(fd, 0, 0, out EbpfObjectType type) != EbpfResult.Success)
        {
            return LinuxErrno.EBADF;
        }

        if (type != EbpfObjectType.Map || ObjectOps.GetInfo(_session, fd, out BpfMapInfo info) != 0)
        {
            return LinuxErrno.EINVAL;
        }

        if (!_byId.TryGetValue(info.Id, out map))
        {
            if (LinuxMapTypeTable.Find(info.Type) is not { } row)
            {
                return LinuxErrno.EINVAL;
            }

            map = _byId[info.Id] = Describe(info, row, LinuxMapFlags.None, inner: null);
        }

        _byFd[fd] = map;
        return null;
    }

    /// <summary>Whether something is behind a descriptor.</summary>
    public bool IsOpen(int fd) => _session.Library.ebpf_object_get_info_by_fd(fd, 0, 0, out _) == EbpfResult.Success;

    /// <summary>The map behind a descriptor, for a call that a map with certain flags refuses.</summary>
    internal LinuxErrno? Open(int fd, LinuxMapFlags forbidden, out LinuxMap? map) =>
        Resolve(fd, out map) ?? ((map!.Flags & forbidden) != 0 ? Answer<AccessRule>(LinuxErrno.EPERM) : null);

    /// <summary>Updates one element from the program's memory.</summary>
    internal LinuxErrno? Update(int fd, LinuxMap map, ulong key, ulong value, ulong flags)
    {
        const ulong lockFlag = 4;
        if ((flags & lockFlag) != 0)
        {
            return LinuxErrno.EINVAL;
        }

        return ReadKey(map, key, out byte[] keyBytes)
            ?? (_memory.TryRead(value, map.ValueBytes, out byte[] valueBytes)
                ? UpdateElement(new ElementRequest(this, fd, map, ElementOperation.Update, keyBytes, valueBytes, flags))
                : Answer<AddressRule>(LinuxErrno.EFAULT));
    }

    /// <summary>Deletes one element.</summary>
    internal LinuxErrno? DeleteElement(int fd, LinuxMap map, byte[] key)
    {
        ElementRequest request = new(this, fd, map, ElementOperation.Delete, key, [], 0);
        return Decide(request) ?? Done(request, Store.Delete(fd, key));
    }

    /// <summary>Copies a key from the program: <c>__bpf_copy_key</c>.</summary>
    internal LinuxErrno? ReadKey(LinuxMap map, ulong key, out byte[] bytes)
    {
        bytes = [];
        return map.KeySize == 0
            ? key == 0 ? null : LinuxErrno.EINVAL
            : _memory.TryRead(key, map.KeySize, out bytes) ? null
            : Answer<AddressRule>(LinuxErrno.EFAULT);
    }

    /// <summary>The key after another, or the first; null at the end.</summary>
    internal byte[]? NextKey(int fd, LinuxMap map, byte[]? previous)
    {
        if (!map.HasIndexes)
        {
            if (previous is not null && map.Family == LinuxMapFamily.Trie && BinaryPrimitives.ReadUInt32LittleEndian(previous) > map.LongestPrefix)
            {
                Cite<TrieRestartRule>();
                previous = null;
            }

            return WalkOf(fd, map).After(previous)?.Key;
        }

        uint index = previous is null ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(previous);
        if (previous is not null && index >= map.MaxEntries)
        {
            Cite<WalkRestartRule>();
        }

        if (index == map.MaxEntries - 1)
        {
            return null;
        }

        byte[] next = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(next, index >= map.MaxEntries ? 0 : index + 1);
        return next;
    }

    /// <summary>The elements of a map in Linux's order.</summary>
    internal LinuxWalk WalkOf(int fd, LinuxMap map)
    {
        if (_walk?.Map != map)
        {
            _walk = LinuxWalk.Of(map, Store.ReadAll(fd, map));
        }

        return _walk;
    }

    /// <summary>What the rules answer before the store is asked.</summary>
    internal LinuxErrno? Decide(in ElementRequest request)
    {
        foreach (AbiRule rule in AbiRuleTable.All)
        {
            if (rule.OnElement(request) is { } answer)
            {
                Cite(rule);
                return answer;
            }
        }

        return null;
    }

    private static ScriptResult Failed(LinuxErrno errno) => new() { Ret = -(long)errno, ErrnoName = errno.ToString() };

    private static int Return(LinuxErrno? failure) => failure is { } errno ? -(int)errno : 0;

    private static string Name(LinuxMap map) => BpfMapTypeNames.NameOf(map.Type.Type) ?? map.Type.Type.ToString();

    private static ElementOperation? OperationOf(string helper) => helper switch
    {
        "helper_map_update_elem" or "helper_map_push_elem" => ElementOperation.Update,
        "helper_map_lookup_elem" => ElementOperation.Lookup,
        "helper_map_delete_elem" => ElementOperation.Delete,
        _ => null,
    };

    private LinuxErrno? Lookup(int fd, LinuxMap map, ulong key, ulong value, bool delete)
    {
        if (ReadKey(map, key, out byte[] bytes) is { } unreadable)
        {
            return unreadable;
        }

        ElementRequest request = new(
            this, fd, map, delete ? ElementOperation.LookupAndDelete : ElementOperation.Lookup, bytes, [], 0);
        return Decide(request)
            ?? Done(request, Store.Lookup(fd, map, bytes, delete, out byte[] found))
            ?? (_memory.TryWrite(value, found) ? null : Answer<AddressRule>(LinuxErrno.EFAULT));
    }

    private LinuxErrno? UpdateElement(in ElementRequest request) =>
        Decide(request) ?? Done(request, Store.Update(request.Fd, request.Key, request.Value, request.Flags));

    private LinuxErrno? Done(in ElementRequest request, Errno outcome) => outcome == Errno.None ? null : Convert(request, outcome);

    /// <summary>What the rules answer where the store refused.</summary>
    private LinuxErrno Convert(in ElementRequest request, Errno failure)
    {
        foreach (AbiRule rule in AbiRuleTable.All)
        {
            if (rule.OnFailure(request, failure) is { } answer)
            {
                Cite(rule);
                return answer;
            }
        }

        if (_session.Library.LastRefusal is { } refusal && refusal.Check == CheckTable.ApiMessageLength)
        {
            _session.Note(_call!, $"an element of {refusal.Given} bytes does not fit this machine's messages; Linux has no such limit");
        }

        if (LinuxErrnoConversion.Renumbers(failure))
        {
            Cite<ErrnoRule>();
        }

        return LinuxErrnoConversion.Of(failure);
    }

    private ElementRequest? HelperRequest(ScriptCall call, int fd, LinuxMap map) => OperationOf(call.Op.Name) is { } operation
        ? new ElementRequest(
            this,
            fd,
            map,
            operation,
            call.Bytes("key") ?? [],
            operation == ElementOperation.Update ? call.Bytes("value") ?? [] : [],
            operation == ElementOperation.Update ? call.UInt64("flags") : 0)
        : null;

    private LinuxMap Describe(in BpfMapInfo info, LinuxMapType row, LinuxMapFlags flags, LinuxMap? inner)
    {
        PerCpuLayout.TryCreate(info.Type, info.ValueSize, _session.Gate.MaximumProcessorCount, out PerCpuLayout layout);
        uint hashSeed = flags.HasFlag(LinuxMapFlags.ZeroSeed) ? 0 : JenkinsHash.Of(BitConverter.GetBytes(_seed), info.Id);
        return new LinuxMap(info.Id, row, info.KeySize, info.ValueSize, layout.Total, info.MaxEntries, flags, hashSeed, inner);
    }
}
