// The digamma function of built-in numbers.
//
// Source: Boost.Math's, which is rational about its positive root 1.4616, recursive up to 10 and
// asymptotic beyond. It lives apart from the headers, that nobody else compiles Boost.Math.
#include <gradproof/scalar/functions.hpp>

#include <boost/math/special_functions/digamma.hpp>

namespace gradproof::scalar {

double digamma(double x) {
    using namespace boost::math::policies;
    // -1/x overflows for the smallest numbers: that is an infinity, as it is of any quotient.
    using Quiet = policy<overflow_error<ignore_error>, pole_error<ignore_error>,
                         domain_error<ignore_error>, promote_double<false>>;
    return boost::math::digamma(x, Quiet());
}

float digamma(float x) { return static_cast<float>(digamma(static_cast<double>(x))); }

}  // namespace gradproof::scalar
