using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Async;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Rings;

/// <summary>
/// The asynchronous query of a ring: at most one request that waits for data, <c>ebpf_core_map_async_contexts_t</c>. The thread that removes it,
/// under the lock, completes it: a writer, a canceller, or the end of the map.
/// </summary>
internal sealed class RingQuery(Ring ring)
{
    private KSpinLock _lock = new(CoreLockRanks.RingQuery);
    private AsyncRequest? _request;

    // Set permanently by the first query, so that rings that are never queried pay one branch for each record: upstream's trip wire.
    private bool _tripWire;

    /// <summary>Adds a request, which is completed at once if the ring has data.</summary>
    /// <param name="caller">The caller, in the request's handler.</param>
    /// <param name="request">The asynchronous request.</param>
    /// <param name="consumer">The sender's consumer offset.</param>
    /// <returns><see cref="EbpfResult.Pending"/>, even if the request has already been completed; or the refusal.</returns>
    public EbpfResult Start(in Caller caller, AsyncRequest request, ulong consumer)
    {
        KeThread current = caller.Current;
        bool refused;
        bool cancelled = false;
        AsyncRequest? ready = null;
        using (_lock.Acquire(current))
        {
            refused = _request is not null;
            if (!refused)
            {
                cancelled = !request.Pend(Cancel);
                _request = cancelled ? null : request;
                ArmTripWire();
                if (ring.ProducerOffset > Math.Max(consumer, ring.ConsumerOffset))
                {
                    (ready, _request) = (_request, null);
                }
            }
        }

        if (refused)
        {
            caller.Require(false, CheckTable.RingQueryOutstanding, 1, 0);
            return caller.Refused;
        }

        if (cancelled)
        {
            Complete(current, request, EbpfResult.Canceled);
        }
        else if (ready is not null)
        {
            Complete(current, ready, EbpfResult.Success);
        }

        return EbpfResult.Pending;
    }

    /// <summary>Completes the request, if there is one, now that a record can be read. At DISPATCH_LEVEL or below, no lock held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnRecord(KeThread current)
    {
        if (Volatile.Read(ref _tripWire))
        {
            End(current, EbpfResult.Success);
        }
    }

    /// <summary>Completes the request, if there is one, with a result.</summary>
    public void End(KeThread current, EbpfResult result)
    {
        AsyncRequest? request;
        using (_lock.Acquire(current))
        {
            (request, _request) = (_request, null);
        }

        if (request is not null)
        {
            Complete(current, request, result);
        }
    }

    private void Cancel(KeThread current, AsyncRequest request)
    {
        bool mine;
        using (_lock.Acquire(current))
        {
            mine = ReferenceEquals(_request, request);
            _request = mine ? null : _request;
        }

        if (mine)
        {
            Complete(current, request, EbpfResult.Canceled);
        }
    }

    /// <summary>
    /// A writer publishes its record and then checks the wire, without a fence between, since most rings are never queried. The first
    /// query pays for both: after the barrier every processor either sees the wire or has its record seen here.
    /// </summary>
    private void ArmTripWire()
    {
        if (!_tripWire)
        {
            Volatile.Write(ref _tripWire, true);
            Interlocked.MemoryBarrierProcessWide();
        }
    }

    private unsafe void Complete(KeThread current, AsyncRequest request, EbpfResult result)
    {
        MapAsyncQueryResult answer = new() { Producer = ring.ProducerOffset, Consumer = ring.ConsumerOffset, LostCount = ring.LostRecords };
        if (KernelEventSource.Log.IsEnabled())
        {
            KernelEventSource.Log.RingQueryComplete(
                request.Irp.RequestId,
                current.ProcessorNumber,
                ring.MapId,
                ring.Index,
                ResultConversions.NameOf(result),
                answer.Producer,
                answer.Consumer,
                answer.LostCount);
        }

        if (result != EbpfResult.Success)
        {
            request.Complete(current, result, 0);
            return;
        }

        uint length = (uint)sizeof(MapAsyncQueryReply);
        *(MapAsyncQueryReply*)request.Irp.SystemBuffer = new MapAsyncQueryReply
        {
            Header = new OperationHeader { Length = (ushort)length, Id = EbpfOperationId.MapAsyncQuery },
            AsyncQueryResult = answer,
        };
        request.Complete(current, result, length);
    }
}
