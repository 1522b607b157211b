using System.Buffers.Binary;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>
/// Every operation on every type, with sizes, keys and options that are right or slightly wrong, against a model of what upstream's
/// handlers check, in their order. Each message meets a map of its own, empty or full.
/// </summary>
public sealed class OperationTableTests
{
    private const uint Entries = 4;
    private static readonly uint[] s_keys = [1, Entries - 1, Entries, uint.MaxValue];
    private static readonly EbpfMapOption[] s_options = [EbpfMapOption.Any, EbpfMapOption.NoExist, EbpfMapOption.Exist];

    public static TheoryData<BpfMapType, int, bool> Maps()
    {
        TheoryData<BpfMapType, int, bool> rows = [];
        foreach (int cpus in (int[])[1, 4, 9])
        {
            for (BpfMapType type = BpfMapType.Hash; type <= BpfMapType.SampleHashMap; type++)
            {
                rows.Add(type, cpus, false);
                rows.Add(type, cpus, true);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Every_operation_answers_as_upstreams_handlers_do(BpfMapType type, int cpus, bool full)
    {
        using EbpfMachine machine = new(cpus);
        var provider = new RecordingMapProvider().Provider(BpfMapType.SampleHashMap, new RecordingMapProvider().Dispatch(find: false, update: false));
        machine.InKernel(current => Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Register(current, provider)));
        List<string> wrong = [];
        int sent = 0;
        foreach (Probe probe in Probes(new Model(type, cpus, full)))
        {
            Model model = new(type, cpus, full);
            (TestMap map, NtHandle[] handles) = model.Create(machine.User);
            EbpfResult expected = model.Expect(probe);
            Answer answer = model.Send(machine.User, map, probe);
            sent++;
            if (expected == EbpfResult.Pending)
            {
                // Which key is the last one depends on the table's seed.
                expected = answer.Status.IsSuccess ? EbpfResult.Success : EbpfResult.NoMoreKeys;
            }

            if (answer.Status != ResultConversions.ToNtStatus(expected))
            {
                wrong.Add($"{probe}: {answer.Status} {answer.CheckId}, expected {expected}");
            }
            else if (answer.Status.IsSuccess && (answer.Information != (ulong)answer.Bytes.Length || !HasLength(probe, model, answer)))
            {
                wrong.Add($"{probe}: {answer.Information} bytes, header says {answer.Header.Length}");
            }
            else if (!answer.Status.IsSuccess && (answer.Information != 0 || answer.Bytes.Any(b => b != 0)))
            {
                wrong.Add($"{probe}: refused, and {answer.Information} bytes came back");
            }

            foreach (NtHandle handle in handles)
            {
                machine.User.Close(handle).Expect(EbpfResult.Success);
            }
        }

        // The last map's memory comes back with its epoch.
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        machine.InKernel(current => Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Deregister(current, provider)));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(sent > 100);
    }

    // A batch says how much of the room it has filled, every other reply has one length.
    private static bool HasLength(Probe probe, Model model, Answer answer)
    {
        bool isRecord = probe.Id == EbpfOperationId.MapGetNextKeyValueBatch;
        int length = isRecord ? 8 + (probe.ValueBytes < model.ValueBytes ? 0 : model.KeyBytes + model.ValueBytes) : answer.Bytes.Length;
        return answer.Bytes.Length == 0 || (answer.Header.Length == length && answer.Header.Id == probe.Id);
    }

    private static IEnumerable<Probe> Probes(Model model)
    {
        foreach (EbpfOperationId id in (EbpfOperationId[])[
            EbpfOperationId.MapFindElement, EbpfOperationId.MapUpdateElement, EbpfOperationId.MapUpdateElementWithHandle,
            EbpfOperationId.MapDeleteElement, EbpfOperationId.MapGetNextKey, EbpfOperationId.MapUpdateElementBatch,
            EbpfOperationId.MapDeleteElementBatch, EbpfOperationId.MapGetNextKeyValueBatch])
        {
            foreach (int keyBytes in model.KeySizes)
            {
                foreach (int valueBytes in model.ValueSizes)
                {
                    yield return new Probe(id, 1, keyBytes, valueBytes, EbpfMapOption.Any, false);
                    yield return new Probe(id, 1, keyBytes, valueBytes, EbpfMapOption.Any, true);
                }
            }

            foreach (uint key in s_keys)
            {
                foreach (EbpfMapOption option in s_options)
                {
                    yield return new Probe(id, key, model.KeyBytes, model.ValueBytes, option, false);
                    yield return new Probe(id, key, model.KeyBytes, model.ValueBytes, option, true);
                }
            }
        }

        foreach (EbpfOperationId id in (EbpfOperationId[])[
            EbpfOperationId.MapQueryBuffer, EbpfOperationId.MapWriteData, EbpfOperationId.MapSetWaitHandle,
            EbpfOperationId.RingBufferMapMapBuffer, EbpfOperationId.RingBufferMapUnmapBuffer])
        {
            foreach (uint index in (uint[])[0, (uint)model.Cpus - 1, (uint)model.Cpus, uint.MaxValue])
            {
                yield return new Probe(id, index, 0, 1, EbpfMapOption.Any, false);
            }
        }
    }

    /// <summary>One message.</summary>
    /// <param name="Id">The operation that the message requests.</param>
    /// <param name="Key">Which key, or the index of a ring.</param>
    /// <param name="KeyBytes">How much of it.</param>
    /// <param name="ValueBytes">Bytes of the value, or of room for one.</param>
    /// <param name="Option">For updates.</param>
    /// <param name="Flag">Finding and getting: delete too. Updating with a handle: -1. Batches of updates and deletes: no elements.</param>
    private sealed record Probe(EbpfOperationId Id, uint Key, int KeyBytes, int ValueBytes, EbpfMapOption Option, bool Flag);

    private sealed class Model(BpfMapType type, int cpus, bool full)
    {
        public int Cpus => cpus;

        // A perf event array has a key size here although it has no keys.
        public int KeyBytes => type switch
        {
            BpfMapType.LpmTrie => 8,
            BpfMapType.Queue or BpfMapType.Stack or BpfMapType.Ringbuf => 0,
            _ => 4,
        };

        public int ValueBytes => IsObjects ? 4 : IsPerCpu ? 16 * cpus : 12;

        public IEnumerable<int> KeySizes => ((int[])[0, KeyBytes - 1, KeyBytes, KeyBytes + 1]).Where(n => n >= 0).Distinct();

        public IEnumerable<int> ValueSizes => ((int[])[0, Math.Min(12, ValueBytes), ValueBytes - 1, ValueBytes, ValueBytes + 1]).Distinct();

        private bool IsPerCpu =>
            type is BpfMapType.PercpuArray or BpfMapType.PercpuHash or BpfMapType.LruPercpuHash or BpfMapType.PerfEventArray;

        private bool IsObjects => type is BpfMapType.ProgArray or BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps;

        private bool IsArray =>
            type is BpfMapType.Array or BpfMapType.PercpuArray or BpfMapType.ProgArray or BpfMapType.ArrayOfMaps;

        private bool IsCircular => type is BpfMapType.Queue or BpfMapType.Stack;

        private bool IsRing => type is BpfMapType.Ringbuf or BpfMapType.PerfEventArray;

        private bool IsCustom => type == BpfMapType.SampleHashMap;

        private int Rings => type == BpfMapType.PerfEventArray ? cpus : 1;

        public (TestMap Map, NtHandle[] Handles) Create(EbpfUser user)
        {
            uint entries = IsRing ? 4096 : Entries;
            bool nests = type is BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps;
            NtHandle inner = user.NewMap(BpfMapType.Array).Handle;
            TestMap map = user.NewMap(type, (uint)KeyBytes, IsObjects ? 4u : 12, entries, template: nests ? inner : null);
            for (uint key = 0; full && key < Entries && !IsRing; key++)
            {
                if (!IsObjects)
                {
                    map.Update(Bytes(key, KeyBytes), new byte[ValueBytes]).Expect(EbpfResult.Success);
                }
                else if (nests)
                {
                    map.UpdateWithHandle(Bytes(key, KeyBytes), inner).Expect(EbpfResult.Success);
                }
            }

            Inner = inner;
            return (map, [map.Handle, inner]);
        }

        private NtHandle Inner { get; set; }

        public Answer Send(EbpfUser user, TestMap map, Probe probe)
        {
            byte[] key = Bytes(probe.Key, probe.KeyBytes);
            byte[] value = new byte[probe.ValueBytes];
            return probe.Id switch
            {
                EbpfOperationId.MapFindElement => map.Find(key, probe.Flag, probe.ValueBytes),
                EbpfOperationId.MapUpdateElement => map.Update(key, value, probe.Option),
                EbpfOperationId.MapUpdateElementWithHandle =>
                    map.UpdateWithHandle(key, probe.Flag ? NtHandle.Invalid : Inner, probe.Option),
                EbpfOperationId.MapDeleteElement => map.Delete(key),
                EbpfOperationId.MapGetNextKey => map.NextKey(key, room: probe.Flag ? probe.ValueBytes : KeyBytes),
                EbpfOperationId.MapUpdateElementBatch => map.UpdateBatch(probe.Flag ? [] : [.. key, .. value], probe.Option),
                EbpfOperationId.MapDeleteElementBatch => map.DeleteBatch(probe.Flag ? [] : key),
                EbpfOperationId.MapGetNextKeyValueBatch => user.Send(
                    probe.Id,
                    new MapGetNextKeyValueBatchRequest { Handle = map.Handle, FindAndDelete = (byte)(probe.Flag ? 1 : 0) },
                    key,
                    8 + KeyBytes + probe.ValueBytes),
                EbpfOperationId.MapQueryBuffer => user.Send(
                    probe.Id, new MapQueryBufferRequest { MapHandle = map.Handle, Index = probe.Key }, replyBytes: 24),
                EbpfOperationId.MapWriteData => user.Send(
                    probe.Id, new MapWriteDataRequest { MapHandle = map.Handle, Flags = probe.Key }, value),
                EbpfOperationId.MapSetWaitHandle => user.Send(
                    probe.Id, new MapSetWaitHandleRequest { MapHandle = map.Handle, Index = probe.Key, WaitHandle = NtHandle.Invalid }),
                EbpfOperationId.RingBufferMapMapBuffer => user.Send(
                    probe.Id,
                    new RingBufferMapMapBufferRequest { MapHandle = map.Handle, Index = probe.Key, Section = 3 },
                    replyBytes: 24),
                _ => user.Send(probe.Id, new RingBufferMapUnmapBufferRequest { MapHandle = map.Handle, Index = probe.Key }),
            };
        }

        public EbpfResult Expect(Probe probe) => probe.Id switch
        {
            EbpfOperationId.MapFindElement => Find(probe),
            EbpfOperationId.MapUpdateElement =>
                probe.KeyBytes + probe.ValueBytes < KeyBytes ? EbpfResult.ArithmeticOverflow
                : IsCustom ? Update(Shifted(probe), probe.Option)
                : Update(probe, probe.KeyBytes + probe.ValueBytes - KeyBytes),
            EbpfOperationId.MapUpdateElementWithHandle => UpdateWithHandle(probe),
            EbpfOperationId.MapDeleteElement => IsCustom ? Delete(probe.Key, probe.KeyBytes)
                : probe.KeyBytes != KeyBytes ? EbpfResult.InvalidArgument
                : Delete(probe.Key, probe.KeyBytes),
            EbpfOperationId.MapGetNextKey => NextKey(probe),
            EbpfOperationId.MapUpdateElementBatch => UpdateBatch(probe),
            EbpfOperationId.MapDeleteElementBatch =>
                KeyBytes == 0 || (!probe.Flag && probe.KeyBytes % KeyBytes != 0) ? EbpfResult.InvalidArgument
                : probe.Flag || probe.KeyBytes == 0 ? EbpfResult.Success
                : Delete(probe.Key, probe.KeyBytes),
            EbpfOperationId.MapGetNextKeyValueBatch => GetBatch(probe),
            EbpfOperationId.MapWriteData => IsRing ? EbpfResult.Success : EbpfResult.OperationNotSupported,
            EbpfOperationId.RingBufferMapUnmapBuffer when !IsRing => EbpfResult.InvalidArgument,
            _ when !IsRing => EbpfResult.OperationNotSupported,
            EbpfOperationId.MapQueryBuffer or EbpfOperationId.RingBufferMapUnmapBuffer =>
                probe.Key < Rings ? EbpfResult.Success : EbpfResult.InvalidArgument,
            _ => EbpfResult.InvalidArgument,
        };

        private byte[] Bytes(uint key, int bytes)
        {
            byte[] whole = new byte[16];
            BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(KeyBytes == 8 ? 4 : 0), key);
            if (KeyBytes == 8)
            {
                // The key that is out of an array's range is too long a prefix here.
                BinaryPrimitives.WriteUInt32LittleEndian(whole, key == uint.MaxValue ? 33u : 32);
            }

            return whole[..bytes];
        }

        private bool Has(uint key) => full && key < Entries;

        // What the first bytes of a key that is cut short, and then of zeros, stand for.
        private static uint Shifted(Probe probe) => probe.KeyBytes == 0 ? 0 : probe.Key & (uint)((1UL << (8 * Math.Min(probe.KeyBytes, 4))) - 1);

        private EbpfResult Find(Probe probe)
        {
            if (IsCustom)
            {
                return Has(Shifted(probe)) ? EbpfResult.Success : EbpfResult.ObjectNotFound;
            }

            if (probe.KeyBytes != KeyBytes || probe.ValueBytes != ValueBytes)
            {
                return EbpfResult.InvalidArgument;
            }

            if (IsRing)
            {
                return EbpfResult.OperationNotSupported;
            }

            if (IsCircular)
            {
                return full ? EbpfResult.Success : EbpfResult.ObjectNotFound;
            }

            if (probe.Flag && (IsArray || IsObjects || type == BpfMapType.LpmTrie))
            {
                return EbpfResult.InvalidArgument;
            }

            if (type == BpfMapType.LpmTrie)
            {
                return probe.Key == uint.MaxValue ? EbpfResult.InvalidArgument : Has(probe.Key) ? EbpfResult.Success : EbpfResult.KeyNotFound;
            }

            bool found = IsArray && !IsObjects ? probe.Key < Entries : Has(probe.Key) && type != BpfMapType.ProgArray;
            return found ? EbpfResult.Success : EbpfResult.ObjectNotFound;
        }

        private EbpfResult Update(Probe probe, int valueBytes)
        {
            bool takesKeys = !IsCircular && !IsRing;
            return (!takesKeys && KeyBytes != 0) || valueBytes != ValueBytes ? EbpfResult.InvalidArgument : Update(probe.Key, probe.Option);
        }

        private EbpfResult Update(uint key, EbpfMapOption option)
        {
            if (IsObjects || IsRing)
            {
                return EbpfResult.OperationNotSupported;
            }

            if (IsCircular)
            {
                return full && option != EbpfMapOption.Exist ? EbpfResult.OutOfSpace : EbpfResult.Success;
            }

            if (IsArray)
            {
                return option == EbpfMapOption.NoExist || key >= Entries ? EbpfResult.InvalidArgument : EbpfResult.Success;
            }

            if (type == BpfMapType.LpmTrie && key == uint.MaxValue)
            {
                return EbpfResult.InvalidArgument;
            }

            return option == EbpfMapOption.NoExist && Has(key) ? EbpfResult.ObjectAlreadyExists
                : option == EbpfMapOption.Exist && !Has(key) ? EbpfResult.KeyNotFound
                : IsCustom && full && !Has(key) ? EbpfResult.OutOfSpace
                : EbpfResult.Success;
        }

        private EbpfResult UpdateWithHandle(Probe probe)
        {
            if (probe.KeyBytes != KeyBytes)
            {
                return EbpfResult.InvalidArgument;
            }

            if (!IsObjects)
            {
                return EbpfResult.OperationNotSupported;
            }

            if (type == BpfMapType.HashOfMaps)
            {
                return probe.Flag ? EbpfResult.InvalidObject
                    : probe.Option == EbpfMapOption.NoExist && Has(probe.Key) ? EbpfResult.ObjectAlreadyExists
                    : probe.Option == EbpfMapOption.Exist && !Has(probe.Key) ? EbpfResult.KeyNotFound
                    : EbpfResult.Success;
            }

            return probe.Option == EbpfMapOption.NoExist || probe.Key >= Entries ? EbpfResult.InvalidArgument
                : probe.Flag || type != BpfMapType.ProgArray ? EbpfResult.Success
                : EbpfResult.InvalidObject;
        }

        private EbpfResult Delete(uint key, int keyBytes)
        {
            if (IsCircular || IsRing)
            {
                return EbpfResult.OperationNotSupported;
            }

            if (IsArray)
            {
                return key < Entries ? EbpfResult.Success : IsObjects ? EbpfResult.ObjectNotFound : EbpfResult.InvalidArgument;
            }

            if (type == BpfMapType.LpmTrie && key == uint.MaxValue)
            {
                return EbpfResult.InvalidArgument;
            }

            uint given = keyBytes == 0 ? 0 : key;
            return Has(given) ? EbpfResult.Success : IsObjects ? EbpfResult.ObjectNotFound : EbpfResult.KeyNotFound;
        }

        private EbpfResult NextKey(Probe probe)
        {
            int room = probe.Flag ? probe.ValueBytes : KeyBytes;
            if ((probe.KeyBytes != 0 && probe.KeyBytes != KeyBytes) || room != KeyBytes)
            {
                return EbpfResult.InvalidArgument;
            }

            // A missing key starts over.
            EbpfResult next = Next(probe);
            return next == EbpfResult.KeyNotFound ? (full ? EbpfResult.Success : EbpfResult.NoMoreKeys) : next;
        }

        private EbpfResult Next(Probe probe)
        {
            if (IsCircular || IsRing)
            {
                return EbpfResult.OperationNotSupported;
            }

            if (IsArray)
            {
                return probe.KeyBytes == 0 || unchecked(probe.Key + 1) < Entries ? EbpfResult.Success : EbpfResult.NoMoreKeys;
            }

            if (probe.KeyBytes == 0)
            {
                return full ? EbpfResult.Success : EbpfResult.NoMoreKeys;
            }

            if (type == BpfMapType.LpmTrie && probe.Key == uint.MaxValue)
            {
                return EbpfResult.InvalidArgument;
            }

            return !Has(probe.Key) ? EbpfResult.KeyNotFound : EbpfResult.Pending;
        }

        private EbpfResult UpdateBatch(Probe probe)
        {
            int bytes = probe.Flag ? 0 : probe.KeyBytes + probe.ValueBytes;
            return bytes % (KeyBytes + ValueBytes) != 0 ? EbpfResult.InvalidArgument
                : bytes == 0 ? EbpfResult.Success
                : IsCustom ? Update(probe.Key, probe.Option)
                : Update(probe, ValueBytes);
        }

        private EbpfResult GetBatch(Probe probe)
        {
            if (probe.KeyBytes != 0 && probe.KeyBytes != KeyBytes)
            {
                return EbpfResult.InvalidArgument;
            }

            return IsCircular || IsRing || IsCustom ? EbpfResult.OperationNotSupported
                : probe.ValueBytes < ValueBytes ? EbpfResult.Success
                : probe.Flag && IsArray && probe.KeyBytes != 0 && probe.Key == uint.MaxValue ? Delete(probe.Key, probe.KeyBytes)
                : Next(probe);
        }
    }
}
