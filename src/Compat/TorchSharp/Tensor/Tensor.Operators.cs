namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.AddNumber(right.Real, right.Type);

        public static Tensor operator +(Scalar left, Tensor right) => right.AddNumber(left.Real, left.Type);

        public static Tensor operator +(Tensor left, int right) => left.AddNumber(right, ScalarType.Int32);

        public static Tensor operator +(int left, Tensor right) => right.AddNumber(left, ScalarType.Int32);

        public static Tensor operator +(Tensor left, long right) => left.AddNumber(right, ScalarType.Int64);

        public static Tensor operator +(long left, Tensor right) => right.AddNumber(left, ScalarType.Int64);

        public static Tensor operator +(Tensor left, float right) => left.AddNumber(right, ScalarType.Float32);

        public static Tensor operator +(float left, Tensor right) => right.AddNumber(left, ScalarType.Float32);

        public static Tensor operator +(Tensor left, double right) => left.AddNumber(right, ScalarType.Float64);

        public static Tensor operator +(double left, Tensor right) => right.AddNumber(left, ScalarType.Float64);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.SubNumber(right.Real, right.Type);

        public static Tensor operator -(Scalar left, Tensor right) => right.NumberSub(left.Real, left.Type);

        public static Tensor operator -(Tensor left, int right) => left.SubNumber(right, ScalarType.Int32);

        public static Tensor operator -(int left, Tensor right) => right.NumberSub(left, ScalarType.Int32);

        public static Tensor operator -(Tensor left, long right) => left.SubNumber(right, ScalarType.Int64);

        public static Tensor operator -(long left, Tensor right) => right.NumberSub(left, ScalarType.Int64);

        public static Tensor operator -(Tensor left, float right) => left.SubNumber(right, ScalarType.Float32);

        public static Tensor operator -(float left, Tensor right) => right.NumberSub(left, ScalarType.Float32);

        public static Tensor operator -(Tensor left, double right) => left.SubNumber(right, ScalarType.Float64);

        public static Tensor operator -(double left, Tensor right) => right.NumberSub(left, ScalarType.Float64);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.MulNumber(right.Real, right.Type);

        public static Tensor operator *(Scalar left, Tensor right) => right.MulNumber(left.Real, left.Type);

        public static Tensor operator *(Tensor left, int right) => left.MulNumber(right, ScalarType.Int32);

        public static Tensor operator *(int left, Tensor right) => right.MulNumber(left, ScalarType.Int32);

        public static Tensor operator *(Tensor left, long right) => left.MulNumber(right, ScalarType.Int64);

        public static Tensor operator *(long left, Tensor right) => right.MulNumber(left, ScalarType.Int64);

        public static Tensor operator *(Tensor left, float right) => left.MulNumber(right, ScalarType.Float32);

        public static Tensor operator *(float left, Tensor right) => right.MulNumber(left, ScalarType.Float32);

        public static Tensor operator *(Tensor left, double right) => left.MulNumber(right, ScalarType.Float64);

        public static Tensor operator *(double left, Tensor right) => right.MulNumber(left, ScalarType.Float64);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.DivNumber(right.Real, right.Type);

        public static Tensor operator /(Scalar left, Tensor right) => right.NumberDiv(left.Real, left.Type);

        public static Tensor operator /(Tensor left, int right) => left.DivNumber(right, ScalarType.Int32);

        public static Tensor operator /(int left, Tensor right) => right.NumberDiv(left, ScalarType.Int32);

        public static Tensor operator /(Tensor left, long right) => left.DivNumber(right, ScalarType.Int64);

        public static Tensor operator /(long left, Tensor right) => right.NumberDiv(left, ScalarType.Int64);

        public static Tensor operator /(Tensor left, float right) => left.DivNumber(right, ScalarType.Float32);

        public static Tensor operator /(float left, Tensor right) => right.NumberDiv(left, ScalarType.Float32);

        public static Tensor operator /(Tensor left, double right) => left.DivNumber(right, ScalarType.Float64);

        public static Tensor operator /(double left, Tensor right) => right.NumberDiv(left, ScalarType.Float64);

        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        public static Tensor operator %(Tensor left, int right) => left.remainder(right);

        public static Tensor operator %(Tensor left, long right) => left.remainder(right);

        public static Tensor operator %(Tensor left, float right) => left.remainder(right);

        public static Tensor operator %(Tensor left, double right) => left.remainder(right);

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator ~(Tensor left) => left.logical_not();

        public static Tensor operator &(Tensor left, Tensor right) => left.logical_and(right);

        public static Tensor operator |(Tensor left, Tensor right) => left.logical_or(right);

        public static Tensor operator ^(Tensor left, Tensor right) => left.ne(right);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        public static implicit operator Tensor(byte value) => tensor(value);

        public static implicit operator Tensor(int value) => tensor(value);

        public static implicit operator Tensor(long value) => tensor(value);

        public static implicit operator Tensor(float value) => tensor(value);

        public static implicit operator Tensor(double value) => tensor(value);

        public static implicit operator Tensor(bool value) => tensor(value);

        public static implicit operator Tensor(int[] value) => tensor(value);

        public static implicit operator Tensor(long[] value) => tensor(value);

        public static implicit operator Tensor(float[] value) => tensor(value);

        public static implicit operator Tensor(double[] value) => tensor(value);

        public static implicit operator Tensor(bool[] value) => tensor(value);

        public static implicit operator Tensor(Scalar scalar) => full(Engine.Shapes.Scalar, scalar, scalar.Type);

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();
    }
}
