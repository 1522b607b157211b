using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Programs: their lifetimes, providers, runs and output.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A program was created, without code.</summary>
    [Event(Ids.ProgramCreate, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: program {2} '{4}: {3}' of type {5} appears")]
    public void ProgramCreate(
        ulong requestId, int processor, long programId, string name, string section, string programType, ulong sequence = 0) =>
        Write(Ids.ProgramCreate, requestId, processor, programId, name, section, programType);

    /// <summary>A program lost its last reference.</summary>
    [Event(Ids.ProgramDelete, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: program {2} '{3}' goes")]
    public void ProgramDelete(ulong requestId, int processor, long programId, string name, ulong sequence = 0) =>
        Write(Ids.ProgramDelete, requestId, processor, programId, name);

    /// <summary>A program's code was loaded, or refused.</summary>
    [Event(Ids.ProgramLoad, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: program {2} loads {4} bytes of {3} code: {5}")]
    public void ProgramLoad(ulong requestId, int processor, long programId, string codeType, long bytes, string result, ulong sequence = 0) =>
        Write(Ids.ProgramLoad, requestId, processor, programId, codeType, bytes, result);

    /// <summary>A program ran, including the programs that it tail-called.</summary>
    [Event(Ids.ProgramInvoke, Level = EventLevel.Verbose, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: program {2} '{3}' returned {4} after {5} tail calls")]
    public void ProgramInvoke(
        ulong requestId, int processor, long programId, string name, long returnValue, int tailCalls, ulong sequence = 0) =>
        Write(Ids.ProgramInvoke, requestId, processor, programId, name, returnValue, tailCalls);

    /// <summary>A program requested a tail call, or was refused one.</summary>
    [Event(Ids.TailCall, Level = EventLevel.Verbose, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: program {2} calls slot {4} of map {3}, program {5}: {6}")]
    public void TailCall(
        ulong requestId,
        int processor,
        long programId,
        long mapId,
        long index,
        long next,
        string result,
        int instruction,
        string line,
        ulong sequence = 0) =>
        Write(Ids.TailCall, requestId, processor, programId, mapId, index, next, result, instruction, line);

    /// <summary>A program printed a line: bpf_trace_printk.</summary>
    [Event(Ids.Printk, Level = EventLevel.Informational, Keywords = Keywords.Printk, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: program {2} says: {3}")]
    public void Printk(
        ulong requestId, int processor, long programId, string text, int instruction, string line, ulong sequence = 0) =>
        Write(Ids.Printk, requestId, processor, programId, text, instruction, line);

    /// <summary>A program attached to the provider of its type, or refused it.</summary>
    [Event(Ids.ProviderAttach, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: program {3} meets the provider of type {2}: {4}")]
    public void ProviderAttach(ulong requestId, int processor, string programType, long programId, string status, ulong sequence = 0) =>
        Write(Ids.ProviderAttach, requestId, processor, programType, programId, status);

    /// <summary>The provider of a program's type is gone: the program does not run until one is loaded again.</summary>
    [Event(Ids.ProviderDetach, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: program {3} has lost the provider of type {2}")]
    public void ProviderDetach(ulong requestId, int processor, string programType, long programId, ulong sequence = 0) =>
        Write(Ids.ProviderDetach, requestId, processor, programType, programId);

    /// <summary>A test run of a program begins, on the requested CPU.</summary>
    [Event(Ids.TestRunBegin, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: test run of program {2}, {3} times, {4} in an epoch")]
    public void TestRunBegin(ulong requestId, int processor, long programId, long repeat, long batchSize, ulong sequence = 0) =>
        Write(Ids.TestRunBegin, requestId, processor, programId, repeat, batchSize);

    /// <summary>A test run ended.</summary>
    [Event(Ids.TestRunEnd, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: test run of program {2}: {3}, returned {4}, {5} ns a run")]
    public void TestRunEnd(
        ulong requestId, int processor, long programId, string result, long returnValue, long durationNs, ulong sequence = 0) =>
        Write(Ids.TestRunEnd, requestId, processor, programId, result, returnValue, durationNs);

    /// <summary>A driver that contains programs attached.</summary>
    [Event(Ids.NativeModuleAttach, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: native module {2} '{3}' attaches: {4}")]
    public void NativeModuleAttach(ulong requestId, int processor, string module, string name, string result, ulong sequence = 0) =>
        Write(Ids.NativeModuleAttach, requestId, processor, module, name, result);

    /// <summary>A native module was loaded.</summary>
    [Event(Ids.NativeModuleLoad, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: native module {2} '{3}' with {4} maps and {5} programs loads: {6}")]
    public void NativeModuleLoad(
        ulong requestId, int processor, string module, string name, long maps, long programs, string result, ulong sequence = 0) =>
        Write(Ids.NativeModuleLoad, requestId, processor, module, name, maps, programs, result);

    /// <summary>The maps and programs of a native module were created, or all of them were undone.</summary>
    [Event(Ids.NativeModulePrograms, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: {3} maps and {4} programs of native module {2}: {5}")]
    public void NativeModulePrograms(
        ulong requestId, int processor, string module, long maps, long programs, string result, ulong sequence = 0) =>
        Write(Ids.NativeModulePrograms, requestId, processor, module, maps, programs, result);

    /// <summary>A native module is no longer in use: its driver is being unloaded.</summary>
    [Event(Ids.NativeModuleUnload, Level = EventLevel.Informational, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: native module {2} '{3}' goes")]
    public void NativeModuleUnload(ulong requestId, int processor, string module, string name, ulong sequence = 0) =>
        Write(Ids.NativeModuleUnload, requestId, processor, module, name);

    /// <summary>A program called a map helper. The next events of the same host thread show what it copied.</summary>
    [Event(Ids.MapHelper, Level = EventLevel.Verbose, Keywords = Keywords.Program, Channel = EventChannel.Analytic,
        Message = "Request {0}, CPU {1}: program {2} calls {4} on map {3}: {5}")]
    public void MapHelper(
        ulong requestId,
        int processor,
        long programId,
        long mapId,
        string helper,
        string result,
        int instruction,
        string line,
        ulong sequence = 0) =>
        Write(Ids.MapHelper, requestId, processor, programId, mapId, helper, result, instruction, line);
}
