using System.Text.Json;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.Tool.Trace.Conversion;

/// <summary>The lane of an event in Chromium's viewers: a thread of a process.</summary>
/// <param name="Process">1: user mode, 2: kernel.</param>
/// <param name="Thread">In user mode the host's thread, in the kernel the processor's number plus one, 0 for the machine itself.</param>
internal readonly record struct ChromiumLane(int Process, long Thread)
{
    private const int UserMode = 1;
    private const int Kernel = 2;

    /// <summary>The lane of an event.</summary>
    public static ChromiumLane Of(TracedEvent e) => e.Header.Provider == UserApiEventSource.ProviderName
        ? new ChromiumLane(UserMode, e.Header.HostThreadId)
        : new ChromiumLane(Kernel, e.Processor + 1);

    /// <summary>Writes the event that names the lane.</summary>
    public void WriteName(Utf8JsonWriter json) => Write(json, "thread_name", (Process, Thread) switch
    {
        (UserMode, _) => $"application thread {Thread}",
        (_, 0) => "machine",
        _ => $"CPU {Thread - 1}",
    });

    /// <summary>Writes the event that names the lane's process.</summary>
    public void WriteProcessName(Utf8JsonWriter json) => Write(json, "process_name", Process == UserMode ? "user mode" : "kernel");

    private void Write(Utf8JsonWriter json, string what, string name)
    {
        json.WriteStartObject();
        json.WriteString("ph", "M");
        json.WriteString("name", what);
        json.WriteNumber("pid", Process);
        json.WriteNumber("tid", Thread);
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
