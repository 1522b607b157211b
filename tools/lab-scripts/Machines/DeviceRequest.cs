using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.LabScripts.Machines;

/// <summary>
/// One request to a device through an overlapped handle: its event, its status block and its buffers. They belong to the request until it is
/// complete; a program that disposes of a pending one takes the memory from under it.
/// </summary>
internal sealed class DeviceRequest : IDisposable
{
    private readonly ISystemGate _gate;
    private readonly UserBlocks _blocks;
    private readonly uint _outputLength;
    private ulong _statusBlock;
    private ulong _output;
    private NtHandle _completion = NtHandle.Invalid;

    private DeviceRequest(ISystemGate gate, uint outputLength)
    {
        _gate = gate;
        _blocks = new UserBlocks(gate);
        _outputLength = outputLength;
    }

    /// <summary>Sends a request.</summary>
    /// <param name="gate">The gate of the program's process.</param>
    /// <param name="requestId">Request id of the call.</param>
    /// <param name="device">An overlapped handle of the device.</param>
    /// <param name="code">A control code of the device.</param>
    /// <param name="input">The input; null for none.</param>
    /// <param name="outputLength">Size of the output buffer in bytes; 0 for none.</param>
    /// <param name="request">The request, which the caller disposes of once it is complete.</param>
    /// <returns>The status of the system call.</returns>
    public static NtStatus Send(
        ISystemGate gate, ulong requestId, NtHandle device, IoControlCode code, byte[]? input, uint outputLength, out DeviceRequest request)
    {
        request = new DeviceRequest(gate, outputLength);
        return request.Send(requestId, device, code, input);
    }

    /// <summary>Waits for the end of the request.</summary>
    /// <param name="requestId">Request id of the call.</param>
    /// <param name="timeout">Longest time to wait, in host time.</param>
    /// <returns>The status of the wait: success if the request is complete, a timeout if it is still pending.</returns>
    public NtStatus Wait(ulong requestId, TimeSpan timeout) => _gate.NtWaitForSingleObject(requestId, _completion, timeout);

    /// <summary>The result of a complete request.</summary>
    public RawReply Result()
    {
        IoStatusBlock block = MemoryMarshal.Read<IoStatusBlock>(_blocks.Read(_statusBlock, (uint)Unsafe.SizeOf<IoStatusBlock>()));
        NtStatus status = new(block.Status);
        byte[] reply = status.IsError ? [] : _blocks.Read(_output, (uint)Math.Min(block.Information, _outputLength));
        return new RawReply(status, block.Information, reply);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_completion != NtHandle.Invalid)
        {
            _gate.NtClose(0, _completion);
        }

        _blocks.Dispose();
    }

    private NtStatus Send(ulong requestId, NtHandle device, IoControlCode code, byte[]? input)
    {
        _statusBlock = _blocks.AllocateZeroed((uint)Unsafe.SizeOf<IoStatusBlock>());
        _output = _outputLength == 0 ? 0 : _blocks.AllocateZeroed(_outputLength);
        UserRange inputRange = input is null ? UserRange.Null : new UserRange(_blocks.Copy(input), (uint)input.Length);
        UserRange outputRange = _outputLength == 0 ? UserRange.Null : new UserRange(_output, _outputLength);
        NtStatus status = _gate.NtCreateEvent(requestId, manualReset: true, initialState: false, out _completion);
        return status.IsSuccess
            ? _gate.NtDeviceIoControlFile(requestId, device, _completion, _statusBlock, code, inputRange, outputRange)
            : status;
    }
}
