using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Tests.Native;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Images;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using Entry = KernelSim.EbpfCore.Tests.Objects.ReferenceModel.Entry;

namespace KernelSim.EbpfCore.Tests.Objects;

/// <content>Maps, and what holds them: other maps, programs, modules.</content>
internal sealed partial class ReferenceRun
{
    private const uint SlotCount = 4;
    private const string SharedPath = @"BPF:\shared";

    private readonly Dictionary<uint, BpfMapType> _mapTypes = [];

    // Maps of a module that nobody else puts anything into: they are smaller, or want other maps.
    private readonly HashSet<uint> _moduleMaps = [];
    private int _modules;

    private void CreateMap()
    {
        int user = AnyUser;
        BpfMapType type = _random.Next(5) switch
        {
            0 => BpfMapType.PercpuHash,
            1 => BpfMapType.ArrayOfMaps,
            2 => BpfMapType.HashOfMaps,
            3 => BpfMapType.ProgArray,
            _ => BpfMapType.Array,
        };
        NtHandle template = NtHandle.Invalid;
        if (type is BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps)
        {
            if (!TryAny(IsTemplate, out (int User, NtHandle Handle, Entry Object) inner, user))
            {
                return;
            }

            template = inner.Handle;
        }

        uint valueSize = type is BpfMapType.Array or BpfMapType.PercpuHash ? 8u : 4u;
        TestMap map = _users[user].NewMap(type, valueSize: valueSize, maxEntries: type == BpfMapType.Array ? 1 : SlotCount, template: template);
        AddNew(user, map.Handle, EbpfObjectType.Map, type);
    }

    private void Put()
    {
        if (!TryAny(o => o.Slots is not null && !_moduleMaps.Contains(o.Id), out (int User, NtHandle Handle, Entry Object) map))
        {
            return;
        }

        uint key = (uint)_random.Next((int)SlotCount);
        BpfMapType type = _mapTypes[map.Object.Id];
        if (_random.Next(4) == 0)
        {
            bool isThere = map.Object.Slots!.ContainsKey(key);
            EbpfResult missing = type == BpfMapType.HashOfMaps ? EbpfResult.ObjectNotFound : EbpfResult.Success;
            _users[map.User].Send(
                EbpfOperationId.MapDeleteElement, new MapDeleteElementRequest { Handle = map.Handle }, BitConverter.GetBytes(key))
                .Expect(isThere ? EbpfResult.Success : missing);
            _model.Put(map.Object, key, null);
            return;
        }

        if (TryAny(type == BpfMapType.ProgArray ? IsProgram : IsTemplate, out (int User, NtHandle Handle, Entry Object) value, map.User))
        {
            _users[map.User].Send(
                EbpfOperationId.MapUpdateElementWithHandle,
                new MapUpdateElementWithHandleRequest { MapHandle = map.Handle, ValueHandle = value.Handle },
                BitConverter.GetBytes(key)).Expect(EbpfResult.Success);
            _model.Put(map.Object, key, value.Object);
        }
    }

    private void Bind()
    {
        if (TryAny(IsProgram, out (int User, NtHandle Handle, Entry Object) program)
            && TryAny(IsMap, out (int User, NtHandle Handle, Entry Object) map, program.User))
        {
            _users[program.User].BindMap(program.Handle, map.Handle).Expect(EbpfResult.Success);
            program.Object.Bind(map.Object);
        }
    }

    /// <summary>A module of five maps, two of which hold something, and one of which is shared; and two programs.</summary>
    private void LoadModule()
    {
        int user = AnyUser;
        Guid id = new(0x4D4F4455, 0, 0, BitConverter.GetBytes((long)++_modules));

        // A file is loaded once at a time.
        DriverImage image = NativeModuleImage.Compile(typeof(CounterModule), $"counter{_modules}.sys");
        string service = _machine.NewService(image, id);
        _users[user].Authorize(id, image.Contents.Span).Expect(EbpfResult.Success);
        NtHandle module = _users[user].LoadModule(service, id).Expect(EbpfResult.Success).As<LoadNativeModuleReply>().NativeModuleHandle;
        _model.Open(user, module, null);
        if (_random.Next(4) == 0)
        {
            return; // nobody loads its programs
        }

        NtHandle[] handles = _users[user].LoadPrograms(id, 7).Expect(EbpfResult.Success).Handles();
        Entry counts = AddNew(user, handles[0], EbpfObjectType.Map, BpfMapType.PercpuArray);
        Entry next = AddNew(user, handles[1], EbpfObjectType.Map, BpfMapType.ProgArray);
        Entry table = AddNew(user, handles[2], EbpfObjectType.Map, BpfMapType.ArrayOfMaps);
        _moduleMaps.UnionWith([next.Id, table.Id]);
        Entry row = AddNew(user, handles[3], EbpfObjectType.Map, BpfMapType.Hash);
        if (_model.Pins.TryGetValue(SharedPath, out Entry? shared))
        {
            _model.Open(user, handles[4], shared);
        }
        else
        {
            _model.Pin(SharedPath, AddNew(user, handles[4], EbpfObjectType.Map, BpfMapType.Array));
        }

        Entry count = AddNew(user, handles[5], EbpfObjectType.Program);
        Entry more = AddNew(user, handles[6], EbpfObjectType.Program);
        count.Bind(counts);
        count.Bind(next);
        more.Bind(counts);
        _model.Put(next, 1, more);
        _model.Put(table, 0, row);
    }
}
