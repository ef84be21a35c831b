namespace TorchSharp;

/// <summary>Kinds of devices with the official numbers; this engine runs on the CPU.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    MKLDNN = 2,
    OPENGL = 3,
    OPENCL = 4,
    IDEEP = 5,
    HIP = 6,
    FPGA = 7,
    MSNPU = 8,
    XLA = 9,
    MPS = 13,
    META = 14,
}

public static partial class torch
{
    /// <summary>Where a tensor lives.</summary>
    public class Device
    {
        /// <param name="description">"cpu"; no other device exists in this engine.</param>
        /// <exception cref="ArgumentException">Another device.</exception>
        public Device(string description)
            : this(description.Split(':')[0] == "cpu" ? DeviceType.CPU : throw new ArgumentException($"This engine runs on the CPU: {description}"))
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() => type.ToString().ToLowerInvariant();
    }
}
