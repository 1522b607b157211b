using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>A map that a session has opened, on its way into a typed map.</summary>
internal readonly record struct OpenedMap(int Descriptor, MapShape Shape);
