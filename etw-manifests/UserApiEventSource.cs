using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <summary>
/// The user library's provider, <c>KernelSim-UserApi</c>: the calls of a program, and what the library does before and
/// after the gate. The processor is always -1. Each public method writes the event of its own name if there is a listener.
/// </summary>
/// <remarks>Sizes and lengths are bytes. A field that names something (a status, a library version, a check) carries the name.</remarks>
[EventSource(Name = ProviderName)]
public sealed class UserApiEventSource : TraceProvider
{
    /// <summary>The name of this provider for sessions.</summary>
    public const string ProviderName = "KernelSim-UserApi";

    /// <summary>The only instance: a provider is global in the host process.</summary>
    public static readonly UserApiEventSource Log = new();

    private const int UserMode = -1;

    private UserApiEventSource()
    {
    }

    /// <summary>A program called the library; <paramref name="count"/> is the number of elements requested.</summary>
    [NonEvent]
    public void ApiCallStart(ulong requestId, string function, int descriptor, long count) =>
        ApiCallStart(requestId, UserMode, function, descriptor, count);

    /// <summary>The library returned; <paramref name="count"/> is the number of elements done.</summary>
    [NonEvent]
    public void ApiCallStop(ulong requestId, string function, int result, string errno, long count) =>
        ApiCallStop(requestId, UserMode, function, result, errno, count);

    /// <summary>
    /// The library copied bytes: stage <see cref="CopyStage.Marshal"/> or <see cref="CopyStage.Unmarshal"/>. Element and slot as in
    /// <see cref="KernelEventSource.Copy"/>.
    /// </summary>
    [NonEvent]
    public void Copy(ulong requestId, string stage, long element, int slot, ulong source, ulong destination, long bytes) =>
        Copy(requestId, UserMode, stage, element, slot, source, destination, bytes);

    /// <summary>The library compared two numbers. On the wire <paramref name="passed"/> is 0 or 1.</summary>
    [NonEvent]
    public void SizeCheck(ulong requestId, string check, string what, long given, long expected, bool passed) =>
        SizeCheck(requestId, UserMode, check, what, given, expected, passed ? CheckOutcome.Passed : CheckOutcome.Refused);

    /// <summary>A check of the library refused a call.</summary>
    [NonEvent]
    public void InvalidArgument(ulong requestId, string check, string site, string result, string status, string errno) =>
        InvalidArgument(requestId, UserMode, check, site, result, status, errno);

    /// <summary>
    /// The structural check of a program's instructions failed; the <c>InvalidArgument</c> that follows has the check.
    /// <paramref name="line"/> is the instruction's source line, empty if it is not known.
    /// </summary>
    [NonEvent]
    public void ProgramRefusal(ulong requestId, string section, string program, int instruction, string text, string line) =>
        ProgramRefusal(requestId, UserMode, section, program, instruction, text, line);

    /// <summary>The library accessed memory that it may not access.</summary>
    [NonEvent]
    public void AccessViolation(ulong requestId, int processId, string access, ulong address, long length, string site) =>
        AccessViolation(requestId, UserMode, processId, access, address, length, site);

    /// <summary>A process opened the library: its version (checked, upstream or before-3564), and its possible CPUs.</summary>
    [NonEvent]
    public void LibraryOpen(ulong requestId, int processId, string version, int possibleCpus) =>
        LibraryOpen(requestId, UserMode, processId, version, possibleCpus);

    /// <summary>
    /// The memory that the application allocated: the application's testimony. <paramref name="what"/> names the argument (keys, values), and
    /// <paramref name="bytes"/> is the size of the rest of its heap block from <paramref name="address"/>.
    /// </summary>
    [NonEvent]
    public void ApplicationBuffer(ulong requestId, int processId, string function, string what, ulong address, long bytes) =>
        ApplicationBuffer(requestId, UserMode, processId, function, what, address, bytes);

    /// <summary>
    /// The layout that the library assumes for the elements of a batch: the library's testimony. A record on the wire is
    /// <paramref name="keySize"/> + <paramref name="total"/> bytes.
    /// </summary>
    [NonEvent]
    public void BatchLayout(
        ulong requestId, string function, long keySize, long valueSize, long stride, long total, int cpus, long elementsPerMessage) =>
        BatchLayout(requestId, UserMode, function, keySize, valueSize, stride, total, cpus, elementsPerMessage);

    /// <summary>The kernel's status became an errno, through a Win32 error and a result; each step by name.</summary>
    [NonEvent]
    public void ErrnoMapped(ulong requestId, string result, string status, string win32, string errno) =>
        ErrnoMapped(requestId, UserMode, result, status, win32, errno);

    [Event(Ids.ApiCallStart, Level = EventLevel.Informational, Keywords = Keywords.Api, Task = Tasks.ApiCall, Opcode = EventOpcode.Start,
        Channel = EventChannel.Analytic, ActivityOptions = EventActivityOptions.Disable,
        Message = "Request {0}: {2} on descriptor {3}, {4} elements")]
    private void ApiCallStart(ulong requestId, int processor, string function, int descriptor, long count, ulong sequence = 0) =>
        Write(Ids.ApiCallStart, requestId, processor, function, descriptor, count);

    [Event(Ids.ApiCallStop, Level = EventLevel.Informational, Keywords = Keywords.Api, Task = Tasks.ApiCall, Opcode = EventOpcode.Stop,
        Channel = EventChannel.Analytic, ActivityOptions = EventActivityOptions.Disable,
        Message = "Request {0}: {2} returns {3} {4}, {5} elements")]
    private void ApiCallStop(ulong requestId, int processor, string function, int result, string errno, long count, ulong sequence = 0) =>
        Write(Ids.ApiCallStop, requestId, processor, function, result, errno, count);

    [Event(Ids.Copy, Level = EventLevel.Verbose, Keywords = Keywords.Copy, Channel = EventChannel.Analytic,
        Message = "Request {0}: {2} element {3} slot {4}, {7} bytes from {5} to {6}")]
    private void Copy(
        ulong requestId, int processor, string stage, long element, int slot, ulong source, ulong destination, long bytes, ulong sequence = 0) =>
        Write(Ids.Copy, requestId, processor, stage, element, slot, source, destination, bytes);

    [Event(Ids.SizeCheck, Level = EventLevel.Verbose, Keywords = Keywords.Check, Channel = EventChannel.Analytic,
        Message = "Request {0}: {2} compares {3}, given {4}, expected {5}, passed {6}")]
    private void SizeCheck(
        ulong requestId, int processor, string check, string what, long given, long expected, CheckOutcome passed, ulong sequence = 0) =>
        Write(Ids.SizeCheck, requestId, processor, check, what, given, expected, passed);

    [Event(Ids.InvalidArgument, Level = EventLevel.Warning, Keywords = Keywords.Check, Channel = EventChannel.Operational,
        Message = "Request {0}: {2} refuses at {3}: {4}, {5}, {6}")]
    private void InvalidArgument(
        ulong requestId, int processor, string check, string site, string result, string status, string errno, ulong sequence = 0) =>
        Write(Ids.InvalidArgument, requestId, processor, check, site, result, status, errno);

    [Event(Ids.ProgramRefusal, Level = EventLevel.Warning, Keywords = Keywords.Check, Channel = EventChannel.Operational,
        Message = "Request {0}: program {2}/{3} is refused for instruction {4}: {5}; {6}")]
    private void ProgramRefusal(
        ulong requestId, int processor, string section, string program, int instruction, string text, string line, ulong sequence = 0) =>
        Write(Ids.ProgramRefusal, requestId, processor, section, program, instruction, text, line);

    [Event(Ids.AccessViolation, Level = EventLevel.Error, Keywords = Keywords.Fault, Channel = EventChannel.Admin,
        Message = "Request {0}: process {2} cannot {3} {5} bytes at {4}, from {6}")]
    private void AccessViolation(
        ulong requestId, int processor, int processId, string access, ulong address, long length, string site, ulong sequence = 0) =>
        Write(Ids.AccessViolation, requestId, processor, processId, access, address, length, site);

    [Event(Ids.LibraryOpen, Level = EventLevel.Informational, Keywords = Keywords.Api, Channel = EventChannel.Analytic,
        Message = "Request {0}: process {2} opens library {3}, {4} possible CPUs")]
    private void LibraryOpen(ulong requestId, int processor, int processId, string version, int possibleCpus, ulong sequence = 0) =>
        Write(Ids.LibraryOpen, requestId, processor, processId, version, possibleCpus);

    [Event(Ids.ApplicationBuffer, Level = EventLevel.Informational, Keywords = Keywords.Layout, Channel = EventChannel.Analytic,
        Message = "Request {0}: process {2} gave {3} a buffer for {4} at {5} with {6} bytes")]
    private void ApplicationBuffer(
        ulong requestId, int processor, int processId, string function, string what, ulong address, long bytes, ulong sequence = 0) =>
        Write(Ids.ApplicationBuffer, requestId, processor, processId, function, what, address, bytes);

    [Event(Ids.BatchLayout, Level = EventLevel.Informational, Keywords = Keywords.Layout, Channel = EventChannel.Analytic,
        Message = "Request {0}: library has {2} with key {3}, value {4}, stride {5}, {6} bytes an element on {7} CPUs, {8} elements a message")]
    private void BatchLayout(
        ulong requestId,
        int processor,
        string function,
        long keySize,
        long valueSize,
        long stride,
        long total,
        int cpus,
        long elementsPerMessage,
        ulong sequence = 0) =>
        Write(Ids.BatchLayout, requestId, processor, function, keySize, valueSize, stride, total, cpus, elementsPerMessage);

    [Event(Ids.ErrnoMapped, Level = EventLevel.Informational, Keywords = Keywords.Api, Channel = EventChannel.Analytic,
        Message = "Request {0}: status {3} became Win32 {4}, result {2}, errno {5}")]
    private void ErrnoMapped(
        ulong requestId, int processor, string result, string status, string win32, string errno, ulong sequence = 0) =>
        Write(Ids.ErrnoMapped, requestId, processor, result, status, win32, errno);

    /// <summary>The keywords that a session can enable: the bits of <see cref="KernelEventSource.Keywords"/> that this provider uses.</summary>
    public static class Keywords
    {
        /// <summary>Calls of the library, and how their results came about.</summary>
        public const EventKeywords Api = KernelEventSource.Keywords.Api;

        /// <summary>Every movement of bytes.</summary>
        public const EventKeywords Copy = KernelEventSource.Keywords.Copy;

        /// <summary>Checks, passed or not, and refusals.</summary>
        public const EventKeywords Check = KernelEventSource.Keywords.Check;

        /// <summary>Access violations.</summary>
        public const EventKeywords Fault = KernelEventSource.Keywords.Fault;

        /// <summary>What application, library and kernel each believe about the layout of elements.</summary>
        public const EventKeywords Layout = KernelEventSource.Keywords.Layout;
    }

    /// <summary>The pair of Start and Stop events.</summary>
    public static class Tasks
    {
        /// <summary>ApiCallStart, ApiCallStop.</summary>
        public const EventTask ApiCall = (EventTask)1;
    }

    /// <summary>The id of each event, as traces and manifests have it. An id is never used again.</summary>
    private static class Ids
    {
        public const int ApiCallStart = 1;
        public const int ApiCallStop = 2;
        public const int Copy = 3;
        public const int SizeCheck = 4;
        public const int InvalidArgument = 5;
        public const int AccessViolation = 6;
        public const int LibraryOpen = 7;
        public const int ApplicationBuffer = 8;
        public const int BatchLayout = 9;
        public const int ErrnoMapped = 10;
        public const int ProgramRefusal = 11;
    }
}
