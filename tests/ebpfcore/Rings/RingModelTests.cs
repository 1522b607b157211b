using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Rings;

/// <summary>Rings against a list of records and two offsets.</summary>
public class RingModelTests
{
    private const uint Capacity = 16384;

    [Theory]
    [InlineData(BpfMapType.Ringbuf, 0u, 1)]
    [InlineData(BpfMapType.Ringbuf, 0u, 2)]
    [InlineData(BpfMapType.PerfEventArray, 0u, 3)]
    [InlineData(BpfMapType.PerfEventArray, 2u, 4)]
    public void A_random_run_leaves_the_bytes_that_a_list_of_records_stands_for(BpfMapType type, uint index, int seed)
    {
        using EbpfMachine machine = new(cpus: 3);
        using Run run = new(machine, type, index, new Random(seed));
        for (int step = 0; step < 2500; step++)
        {
            run.Step();
        }

        Assert.True(run.Written > 8 * Capacity);
    }

    private sealed class Run : IDisposable
    {
        private readonly EbpfMachine _machine;
        private readonly NtHandle _map;
        private readonly uint _index;
        private readonly Random _random;
        private readonly TestRing _ring;
        private readonly ProgramMap _program;
        private readonly NtHandle _event;
        private readonly bool _isPerf;
        private readonly Queue<(ulong Offset, byte[] Payload)> _unread = new();
        private ulong _consumer;
        private ulong _lost;

        public Run(EbpfMachine machine, BpfMapType type, uint index, Random random)
        {
            (_machine, _index, _random, _isPerf) = (machine, index, random, type == BpfMapType.PerfEventArray);
            TestMap map = machine.User.NewMap(type, keySize: 0, maxEntries: Capacity);
            _map = map.Handle;
            _ring = new TestRing(machine.User, _map, index);
            _program = new ProgramMap(machine, map);
            Gate.NtCreateEvent(0, manualReset: true, initialState: false, out _event);
            _ring.SetWaitHandle(_event).Expect(EbpfResult.Success);
        }

        /// <summary>The producer's offset.</summary>
        public ulong Written { get; private set; }

        private ISystemGate Gate => _machine.User.Gate;

        public void Dispose() => _program.Dispose();

        public void Step()
        {
            switch (_random.Next(8))
            {
                case < 5:
                    Write();
                    break;
                case 5:
                    ReadThroughThePage();
                    break;
                case 6:
                    Query();
                    break;
                default:
                    CheckRecords();
                    break;
            }

            Assert.Equal((Written, _consumer, _lost), (_ring.ProducerOffset, _ring.ConsumerOffset, _ring.LostRecords));
            Assert.Equal(_consumer, _ring.Query().Expect(EbpfResult.Success).As<MapQueryBufferReply>().ConsumerOffset);
        }

        private static ulong SizeOf(byte[] payload) => ((ulong)payload.Length + 15) & ~7UL;

        private void Write()
        {
            int length = _random.Next(12) switch
            {
                0 => 0,
                1 => (int)Capacity - 8,
                2 => (int)Capacity - 7,
                3 => _random.Next(4000, 9000),
                _ => _random.Next(1, 600),
            };
            byte[] payload = new byte[length];
            _random.NextBytes(payload);
            EbpfResult expected =
                length == 0 || length > Capacity - 8 ? EbpfResult.InvalidArgument
                : Written + SizeOf(payload) - _consumer > Capacity ? EbpfResult.NoMemory
                : EbpfResult.Success;
            Gate.NtClearEvent(0, _event);
            if (!_isPerf && _random.Next(2) == 0)
            {
                _ring.Write(payload).Expect(expected);
            }
            else
            {
                int result = 1;
                _machine.Driver.RunProgram((int)_index, context => result = _isPerf
                    ? context.PerfEventOutput(_program.Kernel, _random.Next(2) == 0 ? _index : uint.MaxValue, payload)
                    : context.RingbufOutput(_program.Kernel, payload, (ulong)_random.Next(4)));
                Assert.Equal(-(int)expected, result);
            }

            Assert.Equal(expected == EbpfResult.Success, Gate.NtWaitForSingleObject(0, _event, TimeSpan.Zero) == NtStatus.Success);
            if (expected == EbpfResult.Success)
            {
                _unread.Enqueue((Written, payload));
                Written += SizeOf(payload);
            }
            else
            {
                _lost += _isPerf ? 1u : 0;
            }
        }

        private void ReadThroughThePage()
        {
            for (int i = _random.Next(_unread.Count + 1); i > 0; i--)
            {
                Forget();
            }

            _ring.ConsumerOffset = _consumer;
        }

        private void Forget()
        {
            (ulong offset, byte[] payload) = _unread.Dequeue();
            _consumer = offset + SizeOf(payload);
        }

        /// <summary>Gives back up to an offset, which may be none that a record ends at.</summary>
        private void Query()
        {
            int records = _random.Next(_unread.Count + 1);
            ulong offset = _unread.Take(records).Aggregate(_consumer, (_, r) => r.Offset + SizeOf(r.Payload));
            offset += (ulong)(_random.Next(4) == 0 ? _random.Next(-2, 3) * 4 : 0);
            bool isEnd = offset == _consumer || _unread.Any(r => r.Offset + SizeOf(r.Payload) == offset);
            PendingQuery query = new(_machine.User, _map, offset, _index);
            if (!isEnd)
            {
                Assert.Equal(NtStatus.InvalidParameter, query.Sent);
                return;
            }

            while (_consumer < offset)
            {
                Forget();
            }

            if (Written > offset)
            {
                query.Expect(NtStatus.Success, 32);
                MapAsyncQueryResult result = query.Reply.AsyncQueryResult;
                Assert.Equal((Written, offset, _lost), (result.Producer, result.Consumer, result.LostCount));
            }
            else
            {
                query.Cancel();
                query.Expect(ResultConversions.ToNtStatus(EbpfResult.Canceled), 0);
            }
        }

        private void CheckRecords()
        {
            foreach ((ulong offset, byte[] payload) in _unread)
            {
                (uint length, uint page, byte[] bytes) = _ring.RecordAt(offset);
                Assert.Equal(((uint)payload.Length, (uint)(offset % Capacity / 4096)), (length, page));
                Assert.Equal(payload, bytes);
                Assert.Equal((length, page), (_ring.RecordAt(offset, secondHalf: true).Length, _ring.RecordAt(offset, secondHalf: true).PageOffset));
            }
        }
    }
}
