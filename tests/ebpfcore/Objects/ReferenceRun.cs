using System.Runtime.InteropServices;
using System.Text;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Samples.SampleExt;
using Entry = KernelSim.EbpfCore.Tests.Objects.ReferenceModel.Entry;

namespace KernelSim.EbpfCore.Tests.Objects;

/// <summary>Random requests of several processes about objects of all kinds, beside the model of who holds whom.</summary>
internal sealed partial class ReferenceRun : IDisposable
{
    private const int Users = 3;
    private static readonly Guid s_sample = AttachTypeTable.Find(BpfAttachType.Sample)!.Id;

    private readonly EbpfMachine _machine = new();
    private readonly SampleExtDriver _sample = new();
    private readonly EbpfUser[] _users;
    private readonly ReferenceModel _model = new();
    private readonly Random _random;
    private readonly string[] _poolAtStart;
    private uint _highestId = 1;

    public ReferenceRun(int seed)
    {
        _random = new Random(seed);
        Assert.Equal(NtStatus.Success, _machine.Machine.LoadDriver(_sample, out _));
        _machine.User.NewMap(BpfMapType.Array); // what is kept for the next one is there then
        _machine.User.Process.Terminate(NtStatus.Success);
        Settle();
        _poolAtStart = PoolInUse();
        _users = [.. Enumerable.Range(0, Users).Select(_ => _machine.NewUser())];
    }

    private int AnyUser => _random.Next(Users);

    private string AnyPath => _random.Next(8) == 0 ? SharedPath : $"pin{_random.Next(5)}";

    public void Dispose() => _machine.Dispose();

    /// <summary>One request or event, and what it has to answer.</summary>
    public void Step()
    {
        switch (_random.Next(24))
        {
            case < 4:
                CreateMap();
                break;
            case < 6:
                CreateProgram();
                break;
            case < 8:
                OpenById();
                break;
            case < 11:
                CloseAny();
                break;
            case 11:
                Pin();
                break;
            case 12:
                Unpin();
                break;
            case 13:
                OpenPinned();
                break;
            case < 16:
                Attach();
                break;
            case 16:
                Detach();
                break;
            case 17:
                Keep();
                break;
            case < 21:
                Put();
                break;
            case 21:
                Bind();
                break;
            case 22 when _random.Next(4) == 0:
                LoadModule();
                break;
            case 23 when _random.Next(5) == 0:
                EndProcess();
                break;
            default:
                Happen();
                break;
        }
    }

    /// <summary>The ids that the driver lists are those of the model, and each object says what the model says.</summary>
    public void Compare()
    {
        Assert.Equal(_model.Ids(EbpfObjectType.Map), Listed(EbpfOperationId.GetNextMapId));
        Assert.Equal(_model.Ids(EbpfObjectType.Program), Listed(EbpfOperationId.GetNextProgramId));
        Assert.Equal(_model.Ids(EbpfObjectType.Link), Listed(EbpfOperationId.GetNextLinkId));
        foreach ((int user, NtHandle handle, Entry? @object) in _model.Handles)
        {
            if (@object?.Type == EbpfObjectType.Program)
            {
                BpfProgInfo info = _users[user].ProgramInfo(handle).Expect(EbpfResult.Success).AsProgramInfo();
                Assert.Equal(
                    (@object.Id, @object.Maps.Count, _model.Pins.Count(p => p.Value == @object), _model.Links.Count(l => l.Program == @object)),
                    (info.Id, (int)info.NrMapIds, (int)info.PinnedPathCount, (int)info.LinkCount));
            }
            else if (@object?.Type == EbpfObjectType.Link)
            {
                BpfLinkInfo info = MemoryMarshal.Read<BpfLinkInfo>(_users[user].Info(handle).Expect(EbpfResult.Success).Bytes.AsSpan(12));
                Assert.Equal((@object.Id, @object.Program?.Id ?? 0), (info.Id, info.ProgId));
            }
        }
    }

    /// <summary>Everybody lets go of everything: nothing is left, listed or not.</summary>
    public void End()
    {
        for (int user = 0; user < Users; user++)
        {
            _model.End(user);
            _users[user].Process.Terminate(NtStatus.Success);
        }

        EbpfUser last = _machine.NewUser();
        foreach (string path in _model.Pins.Keys.ToArray())
        {
            _model.Unpin(path);
            last.Unpin(Encoding.UTF8.GetBytes(path)).Expect(EbpfResult.Success);
        }

        foreach (Entry link in _model.Links.ToArray())
        {
            _model.Detach(link);
            last.Send(
                EbpfOperationId.UnlinkProgram,
                new UnlinkProgramRequest
                {
                    LinkHandle = NtHandle.Invalid,
                    ProgramHandle = NtHandle.Invalid,
                    AttachType = s_sample,
                    AttachDataPresent = 1,
                },
                [link.Parameter]).Expect(EbpfResult.Success);
        }

        _users[0] = last;
        Compare();
        last.NextId(EbpfOperationId.GetNextMapId, 0).Expect(EbpfResult.NoMoreKeys);
        last.NextId(EbpfOperationId.GetNextProgramId, 0).Expect(EbpfResult.NoMoreKeys);
        last.NextId(EbpfOperationId.GetNextLinkId, 0).Expect(EbpfResult.NoMoreKeys);
        last.Process.Terminate(NtStatus.Success);
        Settle();
        Assert.Equal((0, 0), (_machine.Driver.ObjectCount, _machine.Driver.WaitingCount));
        Assert.Equal(_poolAtStart, PoolInUse());
    }

    /// <summary>What each tag has, but for the epochs' own: their lists keep the length that they once needed.</summary>
    private string[] PoolInUse()
    {
        Pool pool = _machine.Machine.Pool;
        return [.. pool.TagsInUse.Where(t => t.ToString() != "peBE").Select(t => $"{t}: {pool.Usage(t)}")];
    }

    private void Settle() => _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));

    private uint[] Listed(EbpfOperationId operation)
    {
        List<uint> ids = [];
        EbpfUser user = _users[0];
        for (Answer next = user.NextId(operation, 0); next.Status == NtStatus.Success; next = user.NextId(operation, ids[^1]))
        {
            ids.Add(next.As<GetNextIdReply>().NextId);
        }

        return [.. ids];
    }

    private uint IdOf(int user, NtHandle handle) =>
        MemoryMarshal.Read<uint>(_users[user].Info(handle, wanted: 128, room: 128).Expect(EbpfResult.Success).Bytes.AsSpan(12));

    private Entry AddNew(int user, NtHandle handle, EbpfObjectType type, BpfMapType map = BpfMapType.Unspec)
    {
        uint id = IdOf(user, handle);
        _highestId = Math.Max(_highestId, id);
        _mapTypes[id] = map;
        bool holdsObjects = map is BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps or BpfMapType.ProgArray;
        Entry added = _model.Add(id, type, holdsObjects);
        _model.Open(user, handle, added);
        return added;
    }

    /// <summary>An open handle of a kind; false where nobody has one.</summary>
    private bool TryAny(Func<Entry, bool> kind, out (int User, NtHandle Handle, Entry Object) found, int? of = null)
    {
        (int User, NtHandle Handle, Entry? Object)[] all =
            [.. _model.Handles.Where(h => h.Object is not null && kind(h.Object) && (of is null || h.User == of))];
        (int user, NtHandle handle, Entry? @object) = all.Length == 0 ? default : all[_random.Next(all.Length)];
        found = (user, handle, @object!);
        return all.Length != 0;
    }

    private static bool IsProgram(Entry entry) => entry.Type == EbpfObjectType.Program;

    private static bool IsLink(Entry entry) => entry.Type == EbpfObjectType.Link;

    private static bool IsMap(Entry entry) => entry.Type == EbpfObjectType.Map;

    private bool IsTemplate(Entry entry) => IsMap(entry) && _mapTypes[entry.Id] == BpfMapType.Array;

    private void CreateProgram()
    {
        int user = AnyUser;
        NtHandle handle = _users[user].NewProgram();
        AddNew(user, handle, EbpfObjectType.Program);
        _users[user].LoadCode(handle, EbpfCodeType.Jit, 0xC3).Expect(EbpfResult.Success);
    }

    private void OpenById()
    {
        int user = AnyUser;
        uint id = (uint)_random.Next((int)_highestId + 2);
        (EbpfOperationId operation, EbpfObjectType type) = _random.Next(3) switch
        {
            0 => (EbpfOperationId.GetMapHandleById, EbpfObjectType.Map),
            1 => (EbpfOperationId.GetProgramHandleById, EbpfObjectType.Program),
            _ => (EbpfOperationId.GetLinkHandleById, EbpfObjectType.Link),
        };
        Answer answer = _users[user].HandleById(operation, id);
        if (_model.Find(id) is { } found && found.Type == type)
        {
            _model.Open(user, answer.Expect(EbpfResult.Success).As<GetHandleByIdReply>().Handle, found);
        }
        else
        {
            answer.Expect(EbpfResult.KeyNotFound);
        }
    }

    private void CloseAny()
    {
        if (_model.Handles.Count == 0)
        {
            return;
        }

        int place = _random.Next(_model.Handles.Count);
        (int user, NtHandle handle, _) = _model.Handles[place];
        _model.Close(place);
        if (_random.Next(2) == 0)
        {
            _users[user].Close(handle).Expect(EbpfResult.Success);
            _users[user].Close(handle).Expect(EbpfResult.InvalidObject);
        }
        else
        {
            Assert.Equal(NtStatus.Success, _users[user].Gate.NtClose(0, handle));
        }
    }

    private void Pin()
    {
        if (!TryAny(_ => true, out (int User, NtHandle Handle, Entry Object) found))
        {
            return;
        }

        string path = $"pin{_random.Next(5)}";
        bool isFree = !_model.Pins.ContainsKey(path);
        _users[found.User].Pin(found.Handle, Encoding.UTF8.GetBytes(path))
            .Expect(isFree ? EbpfResult.Success : EbpfResult.ObjectAlreadyExists);
        if (isFree)
        {
            _model.Pin(path, found.Object);
        }
    }

    private void Unpin()
    {
        string path = AnyPath;
        bool isThere = _model.Pins.ContainsKey(path);
        _users[AnyUser].Unpin(Encoding.UTF8.GetBytes(path)).Expect(isThere ? EbpfResult.Success : EbpfResult.KeyNotFound);
        if (isThere)
        {
            _model.Unpin(path);
        }
    }

    private void OpenPinned()
    {
        int user = AnyUser;
        string path = AnyPath;
        Answer answer = _users[user].GetPinned(Encoding.UTF8.GetBytes(path));
        if (_model.Pins.TryGetValue(path, out Entry? pinned))
        {
            _model.Open(user, answer.Expect(EbpfResult.Success).As<GetPinnedObjectReply>().Handle, pinned);
        }
        else
        {
            answer.Expect(EbpfResult.KeyNotFound);
        }
    }

    private void Attach()
    {
        if (!TryAny(IsProgram, out (int User, NtHandle Handle, Entry Object) program))
        {
            return;
        }

        byte parameter = (byte)(1 + _random.Next(4));
        Answer answer = _users[program.User].Send(
            EbpfOperationId.LinkProgram, new LinkProgramRequest { ProgramHandle = program.Handle, AttachType = s_sample }, [parameter], 16);
        if (_model.Links.Any(l => l.Program is not null && l.Parameter == parameter))
        {
            answer.Expect(EbpfResult.ExtensionFailedToLoad);
            return;
        }

        Entry link = AddNew(program.User, answer.Expect(EbpfResult.Success).As<LinkProgramReply>().LinkHandle, EbpfObjectType.Link);
        link.Attach(program.Object, parameter);
    }

    private void Detach()
    {
        if (TryAny(IsLink, out (int User, NtHandle Handle, Entry Object) link))
        {
            _model.Detach(link.Object);
            _users[link.User].Send(
                EbpfOperationId.UnlinkProgram,
                new UnlinkProgramRequest { LinkHandle = link.Handle, ProgramHandle = NtHandle.Invalid }).Expect(EbpfResult.Success);
        }
    }

    private void Keep()
    {
        if (TryAny(IsLink, out (int User, NtHandle Handle, Entry Object) link))
        {
            bool isAttached = link.Object.Program is not null;
            _users[link.User].Send(EbpfOperationId.LinkSetLegacyMode, new LinkSetLegacyModeRequest { LinkHandle = link.Handle })
                .Expect(isAttached ? EbpfResult.Success : EbpfResult.InvalidState);
            if (isAttached)
            {
                link.Object.Keep();
            }
        }
    }

    private void EndProcess()
    {
        int user = AnyUser;
        _model.End(user);
        _users[user].Process.Terminate(NtStatus.Success);
        _users[user] = _machine.NewUser();
    }

    /// <summary>An event runs a program, if one is attached for it, on either processor; and a little time passes.</summary>
    private void Happen()
    {
        byte parameter = (byte)(1 + _random.Next(4));
        SampleProgramContext context = default;
        EbpfResult answer = _sample.Invoke(_random.Next(2), ref context, [], out _, attachParameter: [parameter]);
        bool isAttached = _model.Links.Any(l => l.Program is not null && l.Parameter == parameter);
        Assert.Equal(isAttached ? EbpfResult.Success : EbpfResult.KeyNotFound, answer);
        _machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(_random.Next(3)));
    }
}
