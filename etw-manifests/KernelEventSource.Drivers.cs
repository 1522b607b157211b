using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Drivers and their devices.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A driver's entry point returned.</summary>
    [Event(14, Level = EventLevel.Informational, Keywords = Keywords.Driver, Channel = EventChannel.Operational,
        Message = "Driver {2} loads: {3}")]
    public void DriverLoad(ulong requestId, int processor, string name, string status, ulong sequence = 0)
    {
        if (IsOn(EventLevel.Informational, Keywords.Driver))
        {
            Write(14, requestId, processor, name, status);
        }
    }

    /// <summary>A driver was asked to unload.</summary>
    [Event(15, Level = EventLevel.Informational, Keywords = Keywords.Driver, Channel = EventChannel.Operational,
        Message = "Driver {2} unloads: {3}")]
    public void DriverUnload(ulong requestId, int processor, string name, string status, ulong sequence = 0)
    {
        if (IsOn(EventLevel.Informational, Keywords.Driver))
        {
            Write(15, requestId, processor, name, status);
        }
    }

    /// <summary>A driver created a named device.</summary>
    [Event(16, Level = EventLevel.Informational, Keywords = Keywords.Driver, Channel = EventChannel.Operational,
        Message = "Device {2} appears")]
    public void DeviceCreate(ulong requestId, int processor, string name, ulong sequence = 0)
    {
        if (IsOn(EventLevel.Informational, Keywords.Driver))
        {
            Write(16, requestId, processor, name);
        }
    }
}
