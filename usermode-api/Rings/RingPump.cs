using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode.Rings;

/// <summary>
/// One ring of a subscription: an overlapped handle of the device, an event, the three blocks of a request in the process's heap,
/// and the thread. Stopping it cancels the pending requests on its own handle only.
/// </summary>
internal sealed class RingPump
{
    private const string Site = "library:subscription";

    private readonly ISystemGate _gate;
    private readonly RingTable _rings;
    private readonly RingReceiver _receiver;
    private readonly RingCursor _cursor;
    private readonly NtHandle _map;
    private readonly int _index;
    private readonly Thread _thread;
    private NtHandle _device = NtHandle.Invalid;
    private NtHandle _done = NtHandle.Invalid;
    private UserRange _request;
    private UserRange _reply;
    private UserRange _status;
    private ulong _lost;
    private volatile bool _stopping;

    private RingPump(ISystemGate gate, RingTable rings, NtHandle map, int index, RingMapping mapping, RingReceiver receiver)
    {
        (_gate, _rings, _map, _index, _receiver) = (gate, rings, map, index, receiver);
        _cursor = new RingCursor(mapping);
        _thread = new Thread(Run) { IsBackground = true, Name = $"ring {index}" };
    }

    /// <summary>Maps the ring and starts the thread. On failure everything is released.</summary>
    public static EbpfResult Start(
        DeviceChannel channel, RingTable rings, NtHandle map, int index, RingReceiver receiver, out RingPump? pump)
    {
        pump = null;
        EbpfResult result = rings.Map(channel, map, (ulong)index, out RingMapping? mapping);
        if (mapping is null)
        {
            return result;
        }

        RingPump made = new(channel.Gate, rings, map, index, mapping, receiver);
        NtStatus status = made.Open(channel.RequestId);
        if (status.IsSuccess)
        {
            made._cursor.Begin(channel.Gate.Memory);
            status = made.Query(channel.RequestId);
        }

        if (status.IsError)
        {
            made.Close(channel.RequestId);
            return ResultConversions.SeenThroughIoctl(status);
        }

        made._thread.Start();
        pump = made;
        return EbpfResult.Success;
    }

    /// <summary>Stops it: no callback runs when this returns.</summary>
    public void Stop()
    {
        _stopping = true;
        _gate.NtCancelIoFile(0, _device);
        _thread.Join();
        if (_gate.BeginCall(out ulong requestId))
        {
            try
            {
                Close(requestId);
            }
            catch (ProcessExitedException)
            {
                // The end of the process has freed everything.
            }
            finally
            {
                _gate.EndCall(requestId);
            }
        }
    }

    private NtStatus Open(ulong requestId)
    {
        UserRange name = UnicodeText.Allocate(_gate.Memory, EbpfDevice.Win32Name, Site);
        NtStatus status = _gate.NtCreateFile(requestId, name, CreateFileOptions.None, out _device);
        _gate.Memory.Free(name.Address);
        if (status.IsSuccess)
        {
            status = _gate.NtCreateEvent(requestId, manualReset: true, initialState: false, out _done);
            _request = Allocate(Unsafe.SizeOf<MapAsyncQueryRequest>());
            _reply = Allocate(Unsafe.SizeOf<MapAsyncQueryReply>());
            _status = Allocate(Unsafe.SizeOf<IoStatusBlock>());
        }

        return status;

        UserRange Allocate(int length) => new(_gate.Memory.Allocate((uint)length), (uint)length);
    }

    private void Close(ulong requestId)
    {
        if (_rings.TryRemove(_cursor.Mapping.Consumer, out RingMapping? mapping))
        {
            RingTable.UnmapViews(_gate, requestId, mapping);
        }

        foreach (NtHandle handle in (ReadOnlySpan<NtHandle>)[_device, _done])
        {
            if (handle != NtHandle.Invalid)
            {
                _gate.NtClose(requestId, handle);
            }
        }

        foreach (UserRange block in (ReadOnlySpan<UserRange>)[_request, _reply, _status])
        {
            _gate.Memory.Free(block.Address);
        }
    }

    /// <summary>Sends the next query, which also returns what has been read.</summary>
    private NtStatus Query(ulong requestId)
    {
        MapAsyncQueryRequest request = new()
        {
            Header = new OperationHeader { Length = (ushort)_request.Length, Id = EbpfOperationId.MapAsyncQuery },
            MapHandle = _map,
            Index = (uint)_index,
            ConsumerOffset = _cursor.Consumer,
        };
        MemoryMarshal.Write(_gate.Memory.Access(_request.Address, _request.Length, MemoryAccess.Write, Site), in request);
        return _gate.NtDeviceIoControlFile(requestId, _device, _done, _status.Address, EbpfDevice.ControlCode, _request, _reply);
    }

    /// <summary>The thread's main loop: it waits outside of any call, so that it pins no memory meanwhile.</summary>
    private void Run()
    {
        bool goesOn = true;
        while (goesOn && _gate.NtWaitForSingleObject(0, _done, Timeout.InfiniteTimeSpan) == NtStatus.Success)
        {
            if (!_gate.BeginCall(out ulong requestId))
            {
                return;
            }

            try
            {
                goesOn = OnAnswer(requestId);
            }
            catch (AccessViolationFault fault)
            {
                _gate.UnhandledFault(requestId, fault.Violation);
                goesOn = false;
            }
            catch (ProcessExitedException)
            {
                goesOn = false;
            }
            finally
            {
                _gate.EndCall(requestId);
            }
        }
    }

    /// <summary><c>_ebpf_map_async_query_completion</c>. False if there will be no more completions.</summary>
    private bool OnAnswer(ulong requestId)
    {
        IUserMemory memory = _gate.Memory;
        IoStatusBlock status = MemoryMarshal.Read<IoStatusBlock>(memory.Access(_status.Address, _status.Length, MemoryAccess.Read, Site));
        if (new NtStatus(status.Status).IsError)
        {
            return false;
        }

        MapAsyncQueryResult answer = MemoryMarshal.Read<MapAsyncQueryReply>(
            memory.Access(_reply.Address, _reply.Length, MemoryAccess.Read, Site)).AsyncQueryResult;
        if (_receiver.PerfLost is { } lost && answer.LostCount != _lost)
        {
            lost(_receiver.Context, _index, answer.LostCount - _lost);
            _lost = answer.LostCount;
        }

        // As in upstream, a callback that does not return 0 ends this round, and its record is delivered again in the next.
        _cursor.Begin(answer.Consumer, answer.Producer);
        while (_cursor.TryNext(memory, out ulong data, out uint length) && _receiver.Receive(_index, data, length) == 0)
        {
            _cursor.Skip();
        }

        bool sent = !Query(requestId).IsError;
        if (sent && _stopping)
        {
            // It was sent only to return what has been read; the reply is not needed.
            _gate.NtCancelIoFile(requestId, _device);
        }

        return sent;
    }
}
