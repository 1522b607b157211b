using System.Text;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Debugger.Tests;

/// <summary>The user half of <see cref="WaitingDriver"/>.</summary>
internal static class UserProgram
{
    /// <summary>Puts bytes into a heap block of their size, and returns its address.</summary>
    public static ulong Put(this PsProcess process, ReadOnlySpan<byte> bytes)
    {
        ulong address = process.Memory.Allocate((uint)bytes.Length);
        bytes.CopyTo(process.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, "test"));
        return address;
    }

    /// <summary>Sends a request that stays pending, and returns the handle that it was sent through.</summary>
    public static NtHandle SendWaiting(this PsProcess process, ReadOnlySpan<byte> request)
    {
        byte[] name = Encoding.Unicode.GetBytes(@"\\.\Waiting");
        UserRange path = new(process.Put(name), (uint)name.Length);
        Assert.Equal(NtStatus.Success, process.Gate.NtCreateFile(0, path, CreateFileOptions.None, out NtHandle file));
        Assert.Equal(NtStatus.Pending, process.Gate.NtDeviceIoControlFile(
            7, file, NtHandle.Invalid, process.Memory.Allocate(16), WaitingDriver.Code, new(process.Put(request), (uint)request.Length), default));
        return file;
    }
}
