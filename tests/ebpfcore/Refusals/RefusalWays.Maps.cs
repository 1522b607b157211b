using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Tests.Refusals;

// 40xx, 41xx, 43xx, 47xx: maps, and creating them.
internal static partial class RefusalWays
{
    private static readonly (Check Check, Func<RefusalBench, NtStatus> Way)[] s_maps =
    [
        (CheckTable.MapFindKeySize, b => b.User.NewMap(BpfMapType.Hash).Find(new byte[3]).Status),
        (CheckTable.MapFindValueSize, b => b.User.NewMap(BpfMapType.PercpuHash).Find(new byte[4], room: 8).Status),
        (CheckTable.MapFindSupported, b => b.NewRing().Find([]).Status),
        (CheckTable.MapFindDelete, b => b.User.NewMap(BpfMapType.Array).Find(new byte[4], delete: true).Status),
        (CheckTable.MapUpdateKeySize, b => b.User.NewMap(BpfMapType.Hash).Update(new byte[3], []).Status),
        (CheckTable.MapUpdateValueSize, b => b.User.NewMap(BpfMapType.Hash).Update(new byte[4], new byte[7]).Status),
        (CheckTable.MapUpdateSupported, b => b.User.NewMap(BpfMapType.ProgArray, valueSize: 4).Update(new byte[4], new byte[4]).Status),
        (CheckTable.MapUpdateIndex, b => b.User.NewMap(BpfMapType.Array, maxEntries: 1).Update([1, 0, 0, 0], new byte[8]).Status),
        (CheckTable.MapUpdateNoExist, b => b.User.NewMap(BpfMapType.Array).Update(new byte[4], new byte[8], EbpfMapOption.NoExist).Status),
        (CheckTable.MapUpdateWithHandleKeySize, b => b.User
            .NewMap(BpfMapType.ProgArray, valueSize: 4).UpdateWithHandle(new byte[5], NtHandle.Invalid).Status),
        (CheckTable.MapUpdateWithHandleSupported, b => b.User.NewMap(BpfMapType.Hash).UpdateWithHandle(new byte[4], NtHandle.Invalid).Status),
        (CheckTable.MapDeleteKeySize, b => b.User.NewMap(BpfMapType.Hash).Delete(new byte[3]).Status),
        (CheckTable.MapDeleteSupported, b => b.User.NewMap(BpfMapType.Queue, keySize: 0).Delete([]).Status),
        (CheckTable.MapDeleteIndex, b => b.User.NewMap(BpfMapType.Array, maxEntries: 1).Delete([1, 0, 0, 0]).Status),
        (CheckTable.MapNextKeyPreviousSize, b => b.User.NewMap(BpfMapType.Hash).NextKey(new byte[3]).Status),
        (CheckTable.MapNextKeyRoom, b => b.User.NewMap(BpfMapType.Hash).NextKey([], room: 3).Status),
        (CheckTable.MapNextKeySupported, b => b.User.NewMap(BpfMapType.Queue, keySize: 0).NextKey([]).Status),
        (CheckTable.MapUpdateBatchRecordSize, b => b
            .User.NewMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096).UpdateBatch(new byte[4]).Status),
        (CheckTable.MapUpdateBatchData, b => b.User.NewMap(BpfMapType.Hash).UpdateBatch(new byte[11]).Status),
        (CheckTable.MapDeleteBatchKeySize, b => b.User.NewMap(BpfMapType.Queue, keySize: 0).DeleteBatch(new byte[4]).Status),
        (CheckTable.MapDeleteBatchData, b => b.User.NewMap(BpfMapType.Hash).DeleteBatch(new byte[5]).Status),
        (CheckTable.MapGetBatchPreviousSize, b => b.User.NewMap(BpfMapType.Hash).GetBatch(1, new byte[3]).Status),
        (CheckTable.MapGetBatchSupported, b => b.User.NewMap(BpfMapType.Queue, keySize: 0).GetBatch(1).Status),
        (CheckTable.MapUpdateKeyless, b => b.User.NewMap(BpfMapType.PerfEventArray, maxEntries: 4096).Update(new byte[4], new byte[16]).Status),

        (CheckTable.MapCreateType, b => b.CreateMap((BpfMapType)17).Status),
        (CheckTable.MapCreateKeySize, b => b.CreateMap(BpfMapType.Hash, keySize: 0).Status),
        (CheckTable.MapCreateValueSize, b => b.CreateMap(BpfMapType.Hash, valueSize: 0).Status),
        (CheckTable.MapCreateMaxEntries, b => b.CreateMap(BpfMapType.Hash, maxEntries: 0).Status),
        (CheckTable.MapCreateValueTotal, b => b.CreateMap(BpfMapType.PercpuHash, valueSize: uint.MaxValue).Status),
        (CheckTable.MapCreateName, b => b.CreateMap(BpfMapType.Hash, name: 64).Status),
        (CheckTable.MapCreateBuilt, b => b.CreateMap(BpfMapType.Unspec).Status),
        (CheckTable.MapCreateInnerMap, b => b.CreateMap(BpfMapType.Hash, inner: 7).Status),
        (CheckTable.MapCreateArraySize, b => b.CreateMap(BpfMapType.Array, valueSize: 64, maxEntries: 1u << 31).Status),
        (CheckTable.MapCreateMemory, b => b.CreateMap(BpfMapType.Array, maxEntries: 1u << 28).Status),
        (CheckTable.MapCreateLpmKeySize, b => b.CreateMap(BpfMapType.LpmTrie, keySize: 3).Status),
        (CheckTable.MapCreateCircularKeySize, b => b.CreateMap(BpfMapType.Queue).Status),
        (CheckTable.MapCreateCircularSize, b => b.CreateMap(BpfMapType.Queue, keySize: 0, valueSize: 32, maxEntries: uint.MaxValue).Status),
        (CheckTable.MapCreateObjectValue, b => b.CreateMap(BpfMapType.ProgArray).Status),
        (CheckTable.MapCreateTemplate, b => b.CreateMap(BpfMapType.HashOfMaps, valueSize: 4).Status),

        (CheckTable.MapLpmPrefixLength, b => b.User.NewMap(BpfMapType.LpmTrie, keySize: 4).Find([1, 0, 0, 0]).Status),
        (CheckTable.MapLpmFindDelete, b => b.User.NewMap(BpfMapType.LpmTrie, keySize: 4).Find(new byte[4], delete: true).Status),
        (CheckTable.MapCircularFull, FillQueue),
        (CheckTable.MapFindDeleteObject, b => b.User.NewMap(BpfMapType.ProgArray, valueSize: 4).Find(new byte[4], delete: true).Status),
        (CheckTable.MapInnerType, b => PutInner(b, BpfMapType.Array)),
        (CheckTable.MapInnerKeySize, b => PutInner(b, keySize: 8)),
        (CheckTable.MapInnerValueSize, b => PutInner(b, valueSize: 16)),
        (CheckTable.MapInnerMaxEntries, b => PutInner(b, maxEntries: 9)),
        (CheckTable.MapObjectProgramType, PutProgramOfAnotherType),

        (CheckTable.MapCustomProvider, b => b.CreateMap(BpfMapType.Xskmap).Status),
        (CheckTable.MapCustomRefused, b => b.CreateCustom(new RecordingMapProvider { CreateAnswer = EbpfResult.NoMemory }).Status),
        (CheckTable.MapCustomValueSize, b => b.CreateCustom(new RecordingMapProvider(actualValueSize: 8)).Status),
        (CheckTable.MapCustomCallbacks, b =>
        {
            RecordingMapProvider incomplete = new(rewrites: true);
            return b.CreateCustom(incomplete, incomplete.Dispatch(find: false)).Status;
        }),
        (CheckTable.MapCustomFull, FillCustomMap),
        (CheckTable.MapCustomProgramType, b =>
        {
            b.Register(new RecordingMapProvider { AssociateAnswer = EbpfResult.OperationNotSupported }.Provider());
            return b.User.BindMap(b.User.NewProgram(), b.User.NewMap(BpfMapType.Xskmap, valueSize: 4).Handle).Status;
        }),
    ];

    private static NtStatus FillQueue(RefusalBench bench)
    {
        TestMap queue = bench.User.NewMap(BpfMapType.Queue, keySize: 0, maxEntries: 1);
        queue.Update([], new byte[8]).Expect(EbpfResult.Success);
        return queue.Update([], new byte[8]).Status;
    }

    private static NtStatus FillCustomMap(RefusalBench bench)
    {
        bench.Register(new RecordingMapProvider().Provider());
        TestMap map = bench.User.NewMap(BpfMapType.Xskmap, valueSize: 4, maxEntries: 1);
        map.Update(map.Key(1), new byte[4]).Expect(EbpfResult.Success);
        return map.Update(map.Key(2), new byte[4]).Status;
    }

    private static NtStatus PutInner(RefusalBench bench, BpfMapType type = BpfMapType.Hash, uint keySize = 4, uint valueSize = 8, uint maxEntries = 4)
    {
        TestMap template = bench.User.NewMap(BpfMapType.Hash, maxEntries: 4);
        TestMap outer = bench.User.NewMap(BpfMapType.HashOfMaps, valueSize: 4, template: template.Handle);
        return outer.UpdateWithHandle(new byte[4], bench.User.NewMap(type, keySize, valueSize, maxEntries).Handle).Status;
    }

    private static NtStatus PutProgramOfAnotherType(RefusalBench bench)
    {
        EbpfUser user = bench.User;
        TestExtension other = TestExtension.Register(bench.Machine.Machine, ProgramTypeTable.Bind);
        TestMap array = user.NewMap(BpfMapType.ProgArray, valueSize: 4);
        array.UpdateWithHandle(new byte[4], user.NewProgram()).Expect(EbpfResult.Success);
        NtStatus status = array.UpdateWithHandle(new byte[4], user.NewProgram(ProgramTypeTable.Bind)).Status;
        user.Process.Terminate(NtStatus.Success);
        other.Deregister(bench.Machine.Machine);
        return status;
    }
}
