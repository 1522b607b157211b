using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>Drivers and their devices.</content>
public sealed partial class KernelEventSource
{
    /// <summary>A driver's entry point returned.</summary>
    [Event(Ids.DriverLoad, Level = EventLevel.Informational, Keywords = Keywords.Driver, Channel = EventChannel.Operational,
        Message = "Driver {2} loads: {3}")]
    public void DriverLoad(ulong requestId, int processor, string name, string status, ulong sequence = 0) =>
        Write(Ids.DriverLoad, requestId, processor, name, status);

    /// <summary>A driver was asked to unload.</summary>
    [Event(Ids.DriverUnload, Level = EventLevel.Informational, Keywords = Keywords.Driver, Channel = EventChannel.Operational,
        Message = "Driver {2} unloads: {3}")]
    public void DriverUnload(ulong requestId, int processor, string name, string status, ulong sequence = 0) =>
        Write(Ids.DriverUnload, requestId, processor, name, status);

    /// <summary>A driver created a named device.</summary>
    [Event(Ids.DeviceCreate, Level = EventLevel.Informational, Keywords = Keywords.Driver, Channel = EventChannel.Operational,
        Message = "Device {2} appears")]
    public void DeviceCreate(ulong requestId, int processor, string name, ulong sequence = 0) =>
        Write(Ids.DeviceCreate, requestId, processor, name);
}
