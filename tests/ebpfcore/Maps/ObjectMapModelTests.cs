using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Maps of maps against a dictionary of ids. A map is there as long as a handle or a slot has it, and not a step longer.</summary>
public class ObjectMapModelTests
{
    [Theory]
    [InlineData(BpfMapType.HashOfMaps, 1)]
    [InlineData(BpfMapType.HashOfMaps, 2)]
    [InlineData(BpfMapType.ArrayOfMaps, 3)]
    [InlineData(BpfMapType.ArrayOfMaps, 4)]
    public void A_random_run_holds_the_maps_that_the_dictionary_holds(BpfMapType type, int seed)
    {
        using EbpfMachine machine = new(cpus: 2);
        using Run run = new(machine, type, new Random(seed));
        for (int step = 0; step < 1500; step++)
        {
            run.Step();
        }
    }

    private sealed class Run : IDisposable
    {
        private const uint Slots = 8;
        private readonly EbpfMachine _machine;
        private readonly Random _random;
        private readonly TestMap _outer;
        private readonly ProgramMap _program;
        private readonly bool _isArray;
        private readonly uint _outerId;
        private readonly Dictionary<uint, uint> _slots = [];
        private readonly List<(NtHandle Handle, uint Id, bool Fits)> _open = [];

        public Run(EbpfMachine machine, BpfMapType type, Random random)
        {
            (_machine, _random, _isArray) = (machine, random, type == BpfMapType.ArrayOfMaps);
            Open(fits: true);
            _outer = User.NewMap(type, valueSize: 4, maxEntries: Slots, template: _open[0].Handle);
            _outerId = IdOf(_outer.Handle);
            _program = new ProgramMap(machine, _outer);
        }

        private EbpfUser User => _machine.User;

        public void Dispose() => _program.Dispose();

        public void Step()
        {
            uint key = (uint)_random.Next((int)Slots + 2);
            switch (_random.Next(9))
            {
                case 0 when _open.Count < 6:
                    Open(fits: _random.Next(4) != 0);
                    break;
                case 1 when _open.Count > 0:
                    int which = _random.Next(_open.Count);
                    User.Close(_open[which].Handle).Expect(EbpfResult.Success);
                    _open.RemoveAt(which);
                    break;
                case 2 or 3 or 4 when _open.Count > 0:
                    Put(key, _open[_random.Next(_open.Count)]);
                    break;
                case 5:
                    Put(key, (NtHandle.Invalid, 0, true));
                    break;
                case 6:
                    Delete(key);
                    break;
                case 7:
                    Read(delete: _random.Next(4) == 0);
                    break;
                default:
                    _outer.Find(_outer.Key(key), delete: true).Expect(EbpfResult.InvalidArgument);
                    break;
            }

            Check(key);
        }

        private void Open(bool fits)
        {
            NtHandle handle = User.NewMap(BpfMapType.Hash, maxEntries: fits ? 16u : 17u).Handle;
            _open.Add((handle, IdOf(handle), fits));
        }

        private uint IdOf(NtHandle handle) => MemoryMarshal.Read<BpfMapInfo>(User.Info(handle).Expect(EbpfResult.Success).Tail(12)).Id;

        private void Put(uint key, (NtHandle Handle, uint Id, bool Fits) value)
        {
            EbpfMapOption option = (EbpfMapOption)_random.Next(3);
            EbpfResult expected = (_isArray, option) switch
            {
                (true, EbpfMapOption.NoExist) => EbpfResult.InvalidArgument,
                (true, _) when key >= Slots => EbpfResult.InvalidArgument,
                (false, _) when value.Handle == NtHandle.Invalid => EbpfResult.InvalidObject,
                _ when !value.Fits => EbpfResult.InvalidObject,
                (false, EbpfMapOption.NoExist) when _slots.ContainsKey(key) => EbpfResult.ObjectAlreadyExists,
                (false, EbpfMapOption.Exist) when !_slots.ContainsKey(key) => EbpfResult.KeyNotFound,
                _ => EbpfResult.Success,
            };
            _outer.UpdateWithHandle(_outer.Key(key), value.Handle, option).Expect(expected);
            if (expected == EbpfResult.Success)
            {
                _slots.Remove(key);
                _ = value.Id == 0 || _slots.TryAdd(key, value.Id);
            }
        }

        private void Delete(uint key)
        {
            bool isThere = _isArray ? key < Slots : _slots.ContainsKey(key);
            EbpfResult expected = isThere ? EbpfResult.Success : EbpfResult.ObjectNotFound;
            if (_random.Next(2) == 0)
            {
                _outer.Delete(_outer.Key(key)).Expect(expected);
            }
            else
            {
                Assert.Equal(-(int)expected, _program.Delete(_random.Next(2), _outer.Key(key)));
            }

            _slots.Remove(key);
        }

        private void Read(bool delete)
        {
            Answer answer = _outer.GetBatch(20, delete: delete);
            if (!_isArray && _slots.Count == 0)
            {
                answer.Expect(EbpfResult.NoMoreKeys);
                return;
            }

            Dictionary<uint, uint> read = _outer.Records(answer).ToDictionary(r => TestMap.Number(r.Key), r => BitConverter.ToUInt32(r.Value));
            Assert.Equal(_isArray ? (int)Slots : _slots.Count, read.Count);
            Assert.All(read, r => Assert.Equal(_slots.GetValueOrDefault(r.Key), r.Value));
            if (delete)
            {
                _slots.Clear();
            }
        }

        private void Check(uint key)
        {
            Answer found = _outer.Find(_outer.Key(key));
            uint id = _slots.GetValueOrDefault(key);
            Assert.Equal(id, found.Status == NtStatus.Success ? BitConverter.ToUInt32(found.Tail(8)) : 0);
            uint seen = 0;
            _machine.Driver.RunProgram(1, context => seen = context.MapLookupInnerMap(_program.Kernel, _outer.Key(key))?.Id ?? 0);
            Assert.Equal(id, seen);
            List<uint> alive = [];
            for (Answer next = User.NextId(EbpfOperationId.GetNextMapId, 0);
                next.Status == NtStatus.Success;
                next = User.NextId(EbpfOperationId.GetNextMapId, alive[^1]))
            {
                alive.Add(next.As<GetNextIdReply>().NextId);
            }

            Assert.Equal(_open.Select(o => o.Id).Concat(_slots.Values).Append(_outerId).Distinct().Order(), alive);
        }
    }
}
